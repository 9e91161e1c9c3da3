use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::ScopeId;
use crate::store::SetlistItem;

const HOSTILE: &str = "</title><script>alert(\"1\")</script> & \u{202e}evil\u{2069}\nnext 'שלום'";

fn song(title: &str) -> Song {
    Song {
        title: title.to_owned(),
        ..Song::blank(RowId(Uuid::from_u128(1)), ScopeId(Uuid::nil()))
    }
}

fn item(body: ItemBody) -> SetlistItem {
    SetlistItem {
        id: String::new(),
        body,
        raw: serde_json::Value::Null,
        number: None,
    }
}

fn song_item(n: u128, title: Option<&str>) -> SetlistItem {
    let known = title.is_some();
    let body = ItemBody::Song {
        id: Some(RowId(Uuid::from_u128(n))),
        title: title.map(str::to_owned),
        artist: known.then(|| "Oasis".to_owned()),
        key: known.then(|| "F#m".to_owned()),
        tempo: known.then_some(87),
        duration: known.then_some(258),
        notes: None,
    };
    SetlistItem {
        number: u32::try_from(n).ok(),
        ..item(body)
    }
}

fn list(name: &str, items: Vec<SetlistItem>) -> Setlist {
    let songs = items.iter();
    let songs = songs.filter(|item| matches!(item.body, ItemBody::Song { .. }));
    Setlist {
        name: name.to_owned(),
        songs: u32::try_from(songs.count()).unwrap(),
        running_time: 3_720,
        untimed: 1,
        items,
        ..Setlist::blank(RowId(Uuid::from_u128(9)), ScopeId(Uuid::nil()))
    }
}

fn evening() -> Setlist {
    let pause = ItemBody::Break {
        minutes: 15,
        notes: Some("Tea".to_owned()),
    };
    let section = ItemBody::Section {
        title: "Encore".to_owned(),
    };
    let items = vec![
        song_item(1, Some("Wonderwall")),
        item(pause),
        item(section),
        item(ItemBody::Other),
        song_item(2, None),
    ];
    list("Friday", items)
}

fn capos() -> HashMap<RowId, i64> {
    [
        (RowId(Uuid::from_u128(1)), 2),
        (RowId(Uuid::from_u128(2)), 0),
    ]
    .into()
}

#[test]
fn a_setlist_is_told_with_numbers_keys_and_its_running_time() {
    let text = setlist_text(&evening(), &capos(), Language::English);
    let wanted = "Friday\n\n1. Wonderwall – Oasis (F#m, capo 2, 87 bpm, 4:18)\n— Break, 15 min —\n   Tea\n\n[Encore]\n\
                  2. A song that is not here\n\n2 songs · Running time 1:02:00 · 1 song without a length\n";
    assert_eq!(text, wanted);
    let german = setlist_text(&evening(), &capos(), Language::German);
    let wanted = "Friday\n\n1. Wonderwall – Oasis (F#m, Kapo 2, 87 bpm, 4:18)\n— Pause, 15 min —\n   Tea\n\n[Encore]\n\
                  2. Ein Song, der nicht hier ist\n\n2 Songs · Spielzeit 1:02:00 · 1 Song ohne Länge\n";
    assert_eq!(german, wanted);
}

#[test]
fn a_song_is_told_with_what_is_known_of_it() {
    assert_eq!(song_text(&song("505"), Language::English), "505\n");
    let full = Song {
        artist: Some("Arctic Monkeys".to_owned()),
        key: Some("Dm".to_owned()),
        tempo: Some(140),
        duration: Some(253),
        capo: Some(0),
        notes: Some("Slow at first\nthen fast".to_owned()),
        ..song("505")
    };
    assert_eq!(
        song_text(&full, Language::German),
        "505\nArctic Monkeys\n\nTonart: Dm\nTempo: 140 bpm\nLänge: 4:13\n\nSlow at first\nthen fast\n"
    );
}

#[test]
fn what_runs_from_right_to_left_turns_nothing_around_it() {
    let text = song_text(&song(HOSTILE), Language::English);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with('\u{2068}') && text.ends_with("\u{2069}\n"));
    assert_eq!(text.matches(['\u{202e}', '\u{2069}']).count(), 1);
    let plain = song_text(&song("Étude \u{202e}No. 1"), Language::English);
    assert_eq!(plain, "Étude No. 1\n");
}

#[test]
fn a_page_runs_nothing_loads_nothing_and_shows_what_was_typed() {
    let mut hostile = song_item(1, Some(HOSTILE));
    if let ItemBody::Song {
        artist, key, notes, ..
    } = &mut hostile.body
    {
        for text in [artist, key, notes] {
            *text = Some(HOSTILE.to_owned());
        }
    }
    let section = ItemBody::Section {
        title: HOSTILE.to_owned(),
    };
    let html = setlist_html(
        &list(HOSTILE, vec![hostile, item(section)]),
        &capos(),
        Language::German,
    );
    assert!(html.starts_with("<!doctype html>\n<html lang=\"de\">"));
    assert!(html.contains("default-src 'none'"));
    for part in [
        "<script", "src=\"", "href", "url(", "@import", "\u{202e}", "\u{2069}",
    ] {
        assert!(!html.contains(part), "{part}");
    }
    let shown = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; evil next &#39;שלום&#39;";
    assert_eq!(html.matches(shown).count(), 7);
    assert_eq!(html.matches("<title>").count(), 1);
    let page = setlist_html(&evening(), &capos(), Language::English);
    for part in [
        "<b class=\"n\">1</b> <b><bdi>Wonderwall</bdi></b>",
        "<bdi>F#m · capo 2 · 87 bpm · 4:18</bdi>",
        "<h2><bdi>Encore</bdi></h2>",
        "Running time 1:02:00",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

proptest! {
    #[test]
    fn whatever_was_typed_stays_inside_its_element(title in any::<String>()) {
        let html = setlist_html(&list(&title, vec![song_item(1, Some(&title))]), &capos(), Language::English);
        let plain = setlist_html(&list("", vec![song_item(1, Some(""))]), &capos(), Language::English);
        for sign in ['<', '>', '"'] {
            prop_assert_eq!(html.matches(sign).count(), plain.matches(sign).count());
        }
        let text = setlist_text(&list(&title, vec![song_item(1, Some(&title))]), &capos(), Language::English);
        prop_assert_eq!(text.lines().count(), 5);
    }
}
