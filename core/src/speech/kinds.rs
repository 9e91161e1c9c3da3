//! What people call the kinds of rows: one, several, and one that a sentence is about.

use super::Language;
use crate::model::Kind;

sentences! {
    songs(count): ["{count} song", "{count} songs"], ["{count} Song", "{count} Songs"];
    setlists(count): ["{count} setlist", "{count} setlists"], ["{count} Setlist", "{count} Setlists"];
    shows(count): ["{count} show", "{count} shows"], ["{count} Auftritt", "{count} Auftritte"];
    practices(count): ["{count} practice", "{count} practices"], ["{count} Probe", "{count} Proben"];
    things(count): ["{count} thing", "{count} things"], ["{count} Eintrag", "{count} Einträge"];

    many_songs(): "songs", "Songs";
    many_setlists(): "setlists", "Setlists";
    many_shows(): "shows", "Auftritte";
    many_practices(): "practices", "Proben";
    many_things(): "things", "Einträge";

    // In the accusative, as what something was done to.
    a_song(): "a song", "einen Song";
    a_setlist(): "a setlist", "eine Setlist";
    a_show(): "a show", "einen Auftritt";
    a_practice(): "a practice", "eine Probe";
    a_thing(): "a thing", "einen Eintrag";
    the_band(): "the band", "die Band";
    the_practice_on(day): "the practice on {day}", "die Probe am {day}";
    the_practice(title): "the {title}", "die Probe {title}";

    // In the dative, after "von".
    of_a_song(): "a song", "einem Song";
    of_a_setlist(): "a setlist", "einer Setlist";
    of_a_show(): "a show", "einem Auftritt";
    of_a_practice(): "a practice", "einer Probe";
    of_a_thing(): "a thing", "einem Eintrag";
    of_the_band(): "the band", "der Band";
    of_the_practice_on(day): "the practice on {day}", "der Probe am {day}";
    of_the_practice(title): "the {title}", "der Probe {title}";

    // In the nominative, as what is there.
    band_here(): "band", "Die Band";
    membership_here(): "membership", "Die Mitgliedschaft";
    song_here(): "song", "Der Song";
    setlist_here(): "setlist", "Die Setlist";
    show_here(): "show", "Der Auftritt";
    practice_here(): "practice", "Die Probe";
    read_mark_here(): "read_mark", "Die Lesemarke";
}

/// The case that a sentence asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// What something was done to.
    Object,
    /// After "of", "von".
    Of,
}

/// So many of a kind, or of several kinds.
pub(crate) fn counted(language: Language, kind: Option<Kind>, count: u32) -> String {
    let count = u64::from(count);
    match kind {
        Some(Kind::Song) => songs(language, count),
        Some(Kind::Setlist) => setlists(language, count),
        Some(Kind::Show) => shows(language, count),
        Some(Kind::Practice) => practices(language, count),
        Some(Kind::Band | Kind::Membership | Kind::ReadMark) | None => things(language, count),
    }
}

/// Several of a kind.
pub(crate) fn many(language: Language, kind: Kind) -> &'static str {
    match kind {
        Kind::Song => many_songs(language),
        Kind::Setlist => many_setlists(language),
        Kind::Show => many_shows(language),
        Kind::Practice => many_practices(language),
        Kind::Band | Kind::Membership | Kind::ReadMark => many_things(language),
    }
}

/// One of a kind that has no title.
pub(crate) fn nameless(language: Language, kind: Kind, case: Case) -> &'static str {
    match (kind, case) {
        (Kind::Song, Case::Object) => a_song(language),
        (Kind::Song, Case::Of) => of_a_song(language),
        (Kind::Setlist, Case::Object) => a_setlist(language),
        (Kind::Setlist, Case::Of) => of_a_setlist(language),
        (Kind::Show, Case::Object) => a_show(language),
        (Kind::Show, Case::Of) => of_a_show(language),
        (Kind::Practice, Case::Object) => a_practice(language),
        (Kind::Practice, Case::Of) => of_a_practice(language),
        (Kind::Band, Case::Object) => the_band(language),
        (Kind::Band, Case::Of) => of_the_band(language),
        (Kind::Membership | Kind::ReadMark, Case::Object) => a_thing(language),
        (Kind::Membership | Kind::ReadMark, Case::Of) => of_a_thing(language),
    }
}

/// A row that a sentence begins with: "The song", "Der Song"; in English without its article.
pub(crate) fn here(language: Language, kind: Kind) -> &'static str {
    match kind {
        Kind::Band => band_here(language),
        Kind::Membership => membership_here(language),
        Kind::Song => song_here(language),
        Kind::Setlist => setlist_here(language),
        Kind::Show => show_here(language),
        Kind::Practice => practice_here(language),
        Kind::ReadMark => read_mark_here(language),
    }
}
