//! `OpenSong` files, and XML like them: a song's elements as its values.
//!
//! Owns: which elements mean what. The parser is `quick-xml`, which expands no entities but the five of XML.
//! Invariant: what stands inside `lyrics` is never read as metadata; a file that breaks off gives what came before.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::build::Build;
use super::draft::{Draft, tidy};
use super::headings::{Heading, heading};
use super::meaning::Meaning;
use super::plan::{FilePlan, ImportError};
use super::records::line_breaks;

/// Elements inside each other; a deeper file is no song.
const MAX_DEPTH: usize = 64;
/// Names without a meaning that the plan lists.
const MAX_IGNORED: usize = 100;

/// What is open while the file is read.
#[derive(Default)]
struct Open {
    draft: Option<Draft>,
    names: Vec<String>,
    text: String,
}

/// Whether a text is such a file.
pub(super) fn is_song(text: &str) -> bool {
    text.trim_start().starts_with('<') && text.contains("<song")
}

/// Reads such a file into the plan.
pub(super) fn read(text: &str, file: &mut FilePlan, build: &mut Build) -> Result<(), ImportError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut open = Open::default();
    let mut begun = (1, 0);
    loop {
        let event = reader.read_event();
        let at = usize::try_from(reader.buffer_position())
            .unwrap_or(text.len())
            .min(text.len());
        match event {
            Ok(Event::Start(tag)) => {
                let name = local(tag.local_name().as_ref());
                if name == "song" {
                    begun = (begun.0 + line_breaks(&text[begun.1..at]), at);
                    end(&mut open, build)?;
                    open.draft = Some(Draft::new(begun.0, false));
                }
                if open.names.len() == MAX_DEPTH {
                    return Err(ImportError::UnknownKind);
                }
                open.names.push(name);
                open.text.clear();
            }
            Ok(Event::Text(text)) => open.text.push_str(&text),
            Ok(Event::CData(text)) => open.text.push_str(&text),
            Ok(Event::GeneralRef(name)) => open.text.push_str(&entity(&name)),
            Ok(Event::End(_)) => {
                element(&mut open, file);
                open.names.pop();
                open.text.clear();
            }
            Ok(Event::Eof) | Err(_) => return end(&mut open, build),
            Ok(_) => {}
        }
    }
}

fn local(name: &str) -> String {
    name.chars().take(60).collect::<String>().to_lowercase()
}

fn entity(name: &str) -> Cow<'static, str> {
    let number = name
        .strip_prefix('#')
        .map(|number| match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        });
    Cow::Borrowed(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => {
            return Cow::Owned(
                number
                    .and_then(Result::ok)
                    .and_then(char::from_u32)
                    .map(String::from)
                    .unwrap_or_default(),
            );
        }
    })
}

/// An element has ended: its text goes into the song.
fn element(open: &mut Open, file: &mut FilePlan) {
    let (Some(draft), Some(name)) = (&mut open.draft, open.names.last()) else {
        return;
    };
    let text = open.text.trim();
    if text.is_empty() {
        return;
    }
    if open
        .names
        .iter()
        .any(|name| name == "lyrics" || name == "verse")
    {
        file.has_chart = true;
        return;
    }
    match heading(name) {
        Heading::Says(Meaning::Chart) => file.has_chart = true,
        Heading::Says(Meaning::Artist) | Heading::Perhaps(Meaning::Artist) => {
            draft.join_artist(text);
        }
        Heading::Says(meaning) if meaning != Meaning::Title || !draft.has(Meaning::Title) => {
            draft.put(meaning, meaning.label(), text);
        }
        Heading::Time => draft.put(Meaning::TimeSignature, Meaning::TimeSignature.label(), text),
        _ => {
            let name = tidy(name, false);
            if file.ignored.len() < MAX_IGNORED && !file.ignored.contains(&name) {
                file.ignored.push(name);
            }
        }
    }
}

fn end(open: &mut Open, build: &mut Build) -> Result<(), ImportError> {
    open.draft.take().map_or(Ok(()), |draft| build.song(draft))
}
