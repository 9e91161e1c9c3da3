//! `ChordPro` and `OnSong` files: what they say about a song, not its lyrics and chords.
//!
//! Owns: which directives and header lines become which values, where a song begins and ends, and telling that there are
//! lyrics or chords.
//! Invariant: inside an environment (a verse, a tab) nothing is read as metadata; every song of a file arrives, one
//! without a title under the name of its file.

mod lines;

use super::build::Build;
use super::draft::{Draft, tidy};
use super::headings::{Heading, heading};
use super::meaning::Meaning;
use super::plan::{FilePlan, ImportError, WarningKind};

pub(super) use lines::{Directive, directives, logical_lines};

/// Our own directive for a value that does not fit into one of the format's: its JSON, so that it comes back the same.
pub(super) const OWN: &str = "x_rockon_";
/// Names of directives without a meaning that the plan lists.
const MAX_IGNORED: usize = 100;
/// Longest first part of a song that can be header lines, in lines.
const MAX_HEADER: usize = 30;

/// What a directive is for.
enum Says {
    Means(Meaning),
    Subtitle,
    /// `{meta: name value}`
    Meta,
    NewSong,
    /// The beginning of an environment; true: what is inside is of another language.
    Begin(bool),
    End,
    /// Something of the lyrics and chords, or how they look.
    Chart,
    Own,
    Nothing,
}

/// One song of a file under construction.
struct Song {
    draft: Draft,
    subtitles: Vec<String>,
    /// The first lines, where they may be a header: those that are neither metadata nor empty.
    header: Option<Vec<String>>,
    header_lines: usize,
    /// Something was said of it, or there are lyrics.
    seen: bool,
    environment: Option<bool>,
}

impl Song {
    fn new(line: u64) -> Self {
        Self {
            draft: Draft::new(line, false),
            subtitles: Vec::new(),
            header: Some(Vec::new()),
            header_lines: 0,
            seen: false,
            environment: None,
        }
    }
}

struct ChartReader<'a> {
    song: Song,
    songs: usize,
    stem: String,
    file: &'a mut FilePlan,
    build: &'a mut Build,
}

/// Reads a chart file into the plan.
pub(super) fn read(text: &str, file: &mut FilePlan, build: &mut Build) -> Result<(), ImportError> {
    let mut reader = ChartReader {
        song: Song::new(1),
        songs: 0,
        stem: stem(&file.name),
        file,
        build,
    };
    for (line, text) in logical_lines(text) {
        reader.line(line, &text)?;
    }
    reader.end_song(0)
}

/// A file's name without folders and ending.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name
        .rsplit_once('.')
        .map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem });
    let stem = tidy(&stem.chars().take(200).collect::<String>(), false);
    if stem.is_empty() {
        "Song".to_owned()
    } else {
        stem
    }
}

impl ChartReader<'_> {
    fn line(&mut self, line: u64, text: &str) -> Result<(), ImportError> {
        if text.trim_start().starts_with('#') {
            return Ok(());
        }
        let Some((all, rest)) = directives(text) else {
            self.text(text);
            return Ok(());
        };
        for directive in all {
            self.directive(line, &directive)?;
        }
        if !rest.trim().is_empty() && !rest.trim_start().starts_with('#') {
            self.text(rest);
        }
        Ok(())
    }

    fn directive(&mut self, line: u64, directive: &Directive<'_>) -> Result<(), ImportError> {
        let says = says(&directive.name);
        if let Some(foreign) = self.song.environment {
            match says {
                Says::End => self.song.environment = None,
                Says::NewSong => return self.end_song(line),
                // An environment that was never ended must not hide the next song.
                Says::Means(Meaning::Title) if !foreign => {
                    return self.title(line, &directive.value);
                }
                _ => {}
            }
            return Ok(());
        }
        match says {
            Says::NewSong => self.end_song(line)?,
            Says::Begin(foreign) => {
                self.song.environment = Some(foreign);
                self.end_header();
                self.chart();
            }
            Says::End | Says::Chart => self.chart(),
            Says::Means(Meaning::Title) => self.title(line, &directive.value)?,
            Says::Means(meaning) => self.put(meaning, &directive.value),
            Says::Subtitle => self.subtitle(&directive.value),
            Says::Meta => return self.meta(line, directive),
            Says::Own => self.own(directive),
            Says::Nothing => self.ignore(&directive.name),
        }
        Ok(())
    }

    fn meta(&mut self, line: u64, directive: &Directive<'_>) -> Result<(), ImportError> {
        let value = directive.value.as_ref();
        let end = value.find([' ', '\t', ':', '=']).unwrap_or(value.len());
        let name = value[..end].to_lowercase();
        let rest = value[end..].trim_start_matches([' ', '\t']);
        let rest = rest.strip_prefix([':', '=']).unwrap_or(rest).trim();
        match says(&name) {
            Says::Means(Meaning::Title) => self.title(line, rest)?,
            Says::Means(meaning) => self.put(meaning, rest),
            Says::Subtitle => self.subtitle(rest),
            _ => self.ignore(&name),
        }
        Ok(())
    }

    /// A second title begins the next song, where files leave out the directive for it.
    fn title(&mut self, line: u64, text: &str) -> Result<(), ImportError> {
        let text = tidy(text, false);
        if text.is_empty() {
            return Ok(());
        }
        if self.song.draft.title() == Some(&text) {
            return Ok(());
        }
        if self.song.draft.has(Meaning::Title) {
            self.end_song(line)?;
        }
        self.put(Meaning::Title, &text);
        Ok(())
    }

    fn put(&mut self, meaning: Meaning, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.song.seen = true;
        match meaning {
            Meaning::Artist => self.song.draft.join_artist(text),
            meaning => self
                .song
                .draft
                .put(by_value(meaning, text), meaning.label(), text),
        }
    }

    fn subtitle(&mut self, text: &str) {
        let text = tidy(text, false);
        if !text.is_empty() && self.song.subtitles.len() < 10 {
            self.song.seen = true;
            self.song.subtitles.push(text);
        }
    }

    fn own(&mut self, directive: &Directive<'_>) {
        let name = directive.name.strip_prefix(OWN).unwrap_or_default();
        let column = Meaning::of_name(name).and_then(Meaning::column);
        match (column, serde_json::from_str(&directive.raw)) {
            (Some(column), Ok(value)) => {
                self.song.seen = true;
                self.song.draft.set(column, value);
            }
            _ => self.ignore(&directive.name),
        }
    }

    fn ignore(&mut self, name: &str) {
        let name: String = tidy(name, false).chars().take(60).collect();
        let ignored = &mut self.file.ignored;
        if !name.is_empty() && ignored.len() < MAX_IGNORED && !ignored.contains(&name) {
            ignored.push(name);
        }
    }

    fn chart(&mut self) {
        self.file.has_chart = true;
    }

    /// A line that is no directive: a header line of `OnSong`, or lyrics.
    fn text(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            if self.song.header_lines > 0 {
                self.end_header();
            }
            return;
        }
        self.song.seen = true;
        let header = self.song.environment.is_none()
            && self.song.header.is_some()
            && self.song.header_lines < MAX_HEADER;
        if !header || text.contains('[') {
            self.end_header();
            self.chart();
            return;
        }
        self.song.header_lines += 1;
        match text.split_once(':') {
            Some((name, value)) if !value.trim().is_empty() && name.len() <= 40 => {
                self.header_line(text, name, value.trim());
            }
            _ => self.plain(text),
        }
    }

    /// `Key: D` of `OnSong`, or words with a colon.
    fn header_line(&mut self, text: &str, name: &str, value: &str) {
        let titled = self.song.draft.has(Meaning::Title);
        match heading(name) {
            Heading::Says(Meaning::Chart | Meaning::Ignored | Meaning::Mode) => self.ignore(name),
            Heading::Says(Meaning::Title) if titled => self.plain(text),
            Heading::Says(meaning) | Heading::Perhaps(meaning) => self.put(meaning, value),
            Heading::Time => self.put(Meaning::TimeSignature, value),
            Heading::Nothing if !titled && name.split_whitespace().count() <= 2 => {
                self.ignore(name);
            }
            Heading::Nothing => self.plain(text),
        }
    }

    fn plain(&mut self, text: &str) {
        if let Some(header) = &mut self.song.header {
            header.push(text.to_owned());
        }
    }

    /// The first lines of an `OnSong` file are title and artist. More than two are lyrics.
    fn end_header(&mut self) {
        let Some(plain) = self.song.header.take() else {
            return;
        };
        if self.song.draft.has(Meaning::Title) {
            if !plain.is_empty() {
                self.chart();
            }
            return;
        }
        let Some(title) = plain.first() else { return };
        self.put(Meaning::Title, title);
        match plain.get(1) {
            Some(artist) if plain.len() == 2 && !self.song.draft.has(Meaning::Artist) => {
                self.put(Meaning::Artist, artist);
            }
            None => {}
            _ => {
                self.chart();
                self.song
                    .draft
                    .remark(Meaning::Title, title, WarningKind::NamedAfter);
            }
        }
    }

    /// Ends the song before this line and begins the next.
    fn end_song(&mut self, line: u64) -> Result<(), ImportError> {
        self.end_header();
        let song = std::mem::replace(&mut self.song, Song::new(line));
        if !song.seen {
            return Ok(());
        }
        let mut draft = song.draft;
        for subtitle in song.subtitles {
            if draft.has(Meaning::Artist) {
                draft.keep("Subtitle", &subtitle);
            } else {
                draft.put(Meaning::Artist, Meaning::Artist.label(), &subtitle);
            }
        }
        self.songs += 1;
        if !draft.has(Meaning::Title) {
            let title = match self.songs {
                1 => self.stem.clone(),
                n => format!("{} ({n})", self.stem),
            };
            draft.put(Meaning::Title, Meaning::Title.label(), &title);
            draft.remark(Meaning::Title, &title, WarningKind::NamedAfter);
        }
        self.build.song(draft)
    }
}

/// `{time: 3:45}` is a length.
fn by_value(meaning: Meaning, text: &str) -> Meaning {
    let clock = meaning == Meaning::TimeSignature && text.contains(':') && !text.contains('/');
    if clock { Meaning::Duration } else { meaning }
}

fn says(name: &str) -> Says {
    use Meaning::{
        Artist, Capo, Difficulty, Duration, Genre, Key, Notes, Tags, Tempo, TimeSignature, Title,
        Tuning,
    };
    if name.starts_with(OWN) {
        return Says::Own;
    }
    Says::Means(match name {
        "title" | "t" => Title,
        "artist" | "a" => Artist,
        "key" | "k" => Key,
        "tempo" | "bpm" => Tempo,
        "time" | "meter" | "time_signature" | "timesig" => TimeSignature,
        "duration" | "length" => Duration,
        "genre" | "style" => Genre,
        "tuning" | "guitar_tuning" => Tuning,
        "difficulty" | "level" => Difficulty,
        "capo" => Capo,
        "tag" | "tags" | "keywords" | "topic" | "topics" => Tags,
        "note" | "notes" => Notes,
        "subtitle" | "st" | "su" => return Says::Subtitle,
        "meta" => return Says::Meta,
        "new_song" | "ns" => return Says::NewSong,
        name => return layout(name),
    })
}

/// Directives of how a chart reads and looks, divided by `|`; those that end in `font`, `size` and the like besides.
const LAYOUT: &str = "comment|c|comment_italic|ci|comment_box|cb|highlight|image|chord|define|transpose|\
     chorus|columns|col|colb|grid|g|no_grid|ng|titles|pagetype|diagrams|np|npp|tf|ts|cf|cs";

/// Directives of the chart itself.
fn layout(name: &str) -> Says {
    let foreign = |what: &str| {
        "t|tab|g|grid|abc|ly|svg|textblock"
            .split('|')
            .any(|one| one == what)
    };
    let short = |front: &str| name.strip_prefix(front).filter(|what| what.len() == 1);
    if let Some(what) = name.strip_prefix("start_of_").or_else(|| short("so")) {
        return Says::Begin(foreign(what));
    }
    if name.starts_with("end_of_") || short("eo").is_some() {
        return Says::End;
    }
    let ends = ["font", "size", "colour", "color", "_page", "_break"];
    if ends.iter().any(|end| name.ends_with(end)) || LAYOUT.split('|').any(|one| one == name) {
        Says::Chart
    } else {
        Says::Nothing
    }
}

/// Whether a text has directives that only such files have.
pub(super) fn has_directives(text: &str) -> bool {
    text.lines().any(|line| {
        line.trim_start().starts_with('{')
            && directives(line).is_some_and(|(all, _)| {
                all.iter()
                    .any(|directive| !matches!(says(&directive.name), Says::Nothing))
            })
    })
}

/// Whether a text begins as `OnSong` files do, or has chords between its words.
pub(super) fn looks_like_chart(text: &str) -> bool {
    let lines = || {
        let lines = text.lines().map(str::trim);
        lines.skip_while(|line| line.is_empty()).take(200)
    };
    let cells = |line: &str| line.contains([',', ';', '\t', '|']);
    let header = lines().take_while(|line| !line.is_empty()).take(MAX_HEADER);
    if header.clone().any(says_something) && !header.clone().next().is_some_and(cells) {
        return true;
    }
    lines().filter(|line| has_chord(line)).count() >= 2
}

fn says_something(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        !value.trim().is_empty() && name.len() <= 40 && heading(name) != Heading::Nothing
    })
}

fn has_chord(line: &str) -> bool {
    let inside = line
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'));
    inside.is_some_and(|(chord, _)| (1..=11).contains(&chord.len()))
}
