//! A setlist as a page for the system's printing: large, black on white, whole in itself.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{Line, lines, plain, total};
use crate::model::RowId;
use crate::speech::Language;
use crate::store::Setlist;

/// Nothing is run and nothing is loaded, whatever got in.
const BEFORE_TITLE: &str = r#"<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
"#;

const STYLE: &str = "@page{margin:14mm}
body{margin:0;background:#fff;color:#000;font:18pt/1.3 sans-serif}
h1{margin:0 0 .5em;font-size:24pt}
h2{margin:.8em 0 .2em;border-bottom:2px solid #000;font-size:18pt;break-after:avoid}
p{margin:.25em 0;break-inside:avoid}
b.n{display:inline-block;min-width:1.8em}
.d,.a{font-size:14pt}
.d{float:right;padding-left:1em}
.k{display:block;padding-left:2.6em;font-size:14pt}
.t{margin-top:1em;border-top:2px solid #000;padding-top:.3em;font-size:14pt}
";

/// A setlist as one page of HTML. `capos` are those of its songs.
#[must_use]
pub(crate) fn setlist_html(
    list: &Setlist,
    capos: &HashMap<RowId, i64>,
    language: Language,
) -> String {
    let code = match language {
        Language::English => "en",
        Language::German => "de",
    };
    let name = isolated(&list.name);
    let title = escaped(&plain(&list.name));
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n{BEFORE_TITLE}<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<h1>{name}</h1>\n"
    );
    for line in lines(list, capos, language) {
        // Writing to a string cannot fail.
        let _ = writeln!(html, "{}", paragraph(&line));
    }
    let total = escaped(&total(list, language));
    let _ = writeln!(html, "<p class=\"t\">{total}</p>\n</body>\n</html>");
    html
}

fn paragraph(line: &Line) -> String {
    let small = |class: &str, text: Option<&String>| {
        let text = text.map(|text| format!(" <span class=\"{class}\">{}</span>", isolated(text)));
        text.unwrap_or_default()
    };
    match line {
        Line::Song {
            number,
            title,
            artist,
            details,
            notes,
        } => {
            let details = details.join(" · ");
            let details = Some(&details).filter(|details| !details.is_empty());
            let (details, artist) = (small("d", details), small("a", artist.as_ref()));
            let (title, notes) = (isolated(title), small("k", notes.as_ref()));
            format!("<p>{details}<b class=\"n\">{number}</b> <b>{title}</b>{artist}{notes}</p>")
        }
        Line::Break { says, notes } => {
            format!("<p>{}{}</p>", isolated(says), small("k", notes.as_ref()))
        }
        Line::Section { title } => format!("<h2>{}</h2>", isolated(title)),
    }
}

/// Escaped, and in an element that keeps its direction to itself.
fn isolated(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(&plain(text)))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
