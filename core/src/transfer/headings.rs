//! What a heading says: the words of English, German, French, Spanish, Italian and Dutch, and of programs' exports.
//!
//! Owns: [`heading`], from the text above a column to its meaning. Pure; the values decide what is still open
//! (`columns.rs`).
//! Invariant: case, accents, punctuation, joined words (`SongTitle`) and a unit in brackets make no difference.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::meaning::Meaning;

/// How sure a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// It says what it is.
    Says(Meaning),
    /// It can be this, if no other column says so: an author where there is no artist.
    Perhaps(Meaning),
    /// `Time` and its like: a duration or a time signature.
    Time,
    /// It means nothing here.
    Nothing,
}

/// The words of a meaning, in lower case and without accents, divided by `|`.
const SURE: &[(Meaning, &str)] = &[
    (
        Meaning::Title,
        "title|titles|name|song|songs|song title|song name|songtitle|track|track name|\
         track title|tune|piece|titel|lied|liedtitel|songtitel|stuck|musikstuck|titre|chanson|\
         morceau|nom|titulo|cancion|tema|nombre|titolo|canzone|brano|nome|liedje|naam|songnaam",
    ),
    (
        Meaning::Artist,
        "artist|artists|artist name|artist names|band|band name|performer|performers|\
         performed by|interpret|interpreten|kunstler|gruppe|artiste|artistes|interprete|groupe|\
         artista|artistas|banda|grupo|gruppo|artiest|artiesten|uitvoerende|uitvoerder|groep|\
         singer|sanger",
    ),
    (
        Meaning::Key,
        "key|keys|key signature|tonart|tonality|tonalite|ton|cle|tono|tonalidad|clave|tonalita|\
         chiave|toonsoort|toonaard|tom|chord chart key",
    ),
    (
        Meaning::Tempo,
        "tempo|bpm|tempo bpm|bpm tempo|beats per minute|speed|metronome|geschwindigkeit|snelheid|\
         velocidad|velocita|vitesse|schlage pro minute",
    ),
    (
        Meaning::TimeSignature,
        "time signature|timesignature|time sig|timesig|signature|meter|metre|taktart|takt|mesure|\
         metrique|chiffrage|signature rythmique|compas|metro|misura|maatsoort|maat",
    ),
    (
        Meaning::Duration,
        "duration|length|song length|songlength|time length|playing time|run time|runtime|\
         running time|total time|lange|dauer|spieldauer|spielzeit|laufzeit|duree|longueur|\
         duracion|durata|durada|lunghezza|duur|lengte|speelduur|duracao",
    ),
    (
        Meaning::Genre,
        "genre|genres|artist genres|style|styles|stil|stilrichtung|musikrichtung|genero|estilo|\
         genere|stile|stijl|gattung",
    ),
    (
        Meaning::Tuning,
        "tuning|guitar tuning|stimmung|gitarrenstimmung|accordage|afinacion|accordatura|stemming",
    ),
    (
        Meaning::Difficulty,
        "difficulty|difficulty level|level|schwierigkeit|schwierigkeitsgrad|difficulte|niveau|\
         dificultad|nivel|difficolta|livello|moeilijkheid|moeilijkheidsgraad",
    ),
    (
        Meaning::Notes,
        "notes|note|comment|comments|remark|remarks|description|notizen|notiz|bemerkung|\
         bemerkungen|anmerkung|anmerkungen|kommentar|kommentare|hinweis|hinweise|remarque|\
         remarques|commentaire|commentaires|notas|nota|comentario|comentarios|observaciones|\
         commento|commenti|osservazioni|notities|notitie|opmerking|opmerkingen",
    ),
    (
        Meaning::Capo,
        "capo|kapo|kapodaster|capodastre|cejilla|capotasto|capo fret|capo position",
    ),
    (
        Meaning::Tags,
        "tags|tag|keywords|topics|topic|themes|theme|labels|stichworte|schlagworte|mots cles|\
         etiquetas",
    ),
    (Meaning::Mode, "mode"),
    (
        Meaning::Chart,
        "lyrics|lyric|chords|chord chart|chart|songtext|liedtext|paroles|letra|letras|testo|\
         akkorde|accords|acordes|accordi|akkoorden|songtekst|text|tekst|tabs",
    ),
];

const WEAK: &[(Meaning, &str)] = &[
    (Meaning::Title, "nummer|subtitle|entry|eintrag|repertoire"),
    (
        Meaning::Artist,
        "author|authors|writer|writers|songwriter|composer|composers|komponist|autor|autores|\
         auteur|auteurs|autore|autori|compositeur|compositor|compositore|componist|album artist|\
         album artist name|album artist names|by|von",
    ),
];

const TIME: &str = "time|zeit|temps|tiempo|tijd|speeltijd";

/// Words that may stand beside the one that counts.
const NOISE: &str = "the|a|of|our|my|song|songs|track|arrangement|1|original|musical|concert|default|approx|\
    approximate|ca|circa|about|s|in|de|del|di|du|de la|la|le|des|der|das|van|het|value|mm|\
    ss|m|hh|h|live|played|playing|lied|stucks|cancion|chanson|brano";

const MINUTES: &str = "minutes|minute|mins|min|minuten|minuti|minutos|minuto|minuut";
const SECONDS: &str = "seconds|second|secs|sec|s|sek|sekunden|sekunde|secondes|seconde|segundos|segundo|\
    secondi|secondo|seconden|seg";
const MILLISECONDS: &str = "milliseconds|millis|msec|ms";

/// Longest heading that is looked at, in bytes.
const MAX_HEADING_BYTES: usize = 200;

/// What a heading says.
pub(super) fn heading(text: &str) -> Heading {
    if text.len() > MAX_HEADING_BYTES {
        return Heading::Nothing;
    }
    let words = words(text);
    let whole = words.join(" ");
    if let Some(found) = look_up(&whole) {
        return found;
    }
    if let [unit] = words.as_slice()
        && let Some(unit) = unit_of(unit)
    {
        return Heading::Says(unit);
    }
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    // An arrangement's name is no title.
    if has("arrangement") && (has("name") || has("notes")) {
        return Heading::Nothing;
    }
    let unit = words.iter().find_map(|word| unit_of(word));
    let rest: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| unit_of(word).is_none() && *word != "bpm")
        .collect();
    let plain = rest.iter().copied().filter(|word| !is_in(NOISE, word));
    let plain: Vec<&str> = plain.collect();
    let found = [rest.join(" "), plain.join(" ")];
    let found = found.iter().find_map(|words| look_up(words));
    match (found, unit) {
        (Some(Heading::Says(Meaning::Duration) | Heading::Time), Some(unit)) => Heading::Says(unit),
        (Some(found), _) => found,
        (None, Some(unit)) if plain.is_empty() => Heading::Says(unit),
        (None, None) if plain.is_empty() && has("bpm") => Heading::Says(Meaning::Tempo),
        _ => Heading::Nothing,
    }
}

/// Whether a text is one of those that `|` divides.
fn is_in(all: &str, text: &str) -> bool {
    !text.is_empty() && all.split('|').any(|one| one == text)
}

fn look_up(words: &str) -> Option<Heading> {
    if is_in(TIME, words) {
        return Some(Heading::Time);
    }
    let find = |table: &[(Meaning, &str)]| {
        table
            .iter()
            .find(|(_, all)| is_in(all, words))
            .map(|(meaning, _)| *meaning)
    };
    find(SURE)
        .map(Heading::Says)
        .or_else(|| find(WEAK).map(Heading::Perhaps))
}

fn unit_of(word: &str) -> Option<Meaning> {
    if is_in(MINUTES, word) {
        Some(Meaning::Minutes)
    } else if is_in(SECONDS, word) {
        Some(Meaning::Seconds)
    } else if is_in(MILLISECONDS, word) {
        Some(Meaning::Milliseconds)
    } else {
        None
    }
}

/// Lower-case words without accents; `SongTitle` is two.
fn words(text: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut small = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if small && c.is_uppercase() {
            spaced.push(' ');
        }
        small = c.is_lowercase();
        match c {
            'ß' => spaced.push_str("ss"),
            c if c.is_alphanumeric() => spaced.extend(c.to_lowercase()),
            _ => spaced.push(' '),
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Heading::{Nothing, Perhaps, Says, Time};
    use Meaning::{
        Artist, Capo, Chart, Difficulty, Duration, Genre, Key, Milliseconds, Minutes, Seconds,
        Tags, Tempo, TimeSignature, Title, Tuning,
    };

    const HEADINGS: &[(Heading, &str)] = &[
        (
            Says(Title),
            "Title| Title |Song Title|SongTitle|song_name|Name|Track Name|Titel|Titre|Título|Titolo|Canción|Liedtitel|Brano|TITLE:",
        ),
        (
            Says(Artist),
            "Artist|Artist |Artist Name(s)|Band|Original Artist|Interpret|Künstler|Artiste|Interprète|Artista|Artiest|artist, the",
        ),
        (
            Says(Key),
            "Key|song_key|original_key|Musical Key|Tonart|Tonalité|Tonalidad|Tonalità|Toonsoort|Arrangement 1 Keys|Key (concert)",
        ),
        (
            Says(Tempo),
            "Tempo|BPM|Tempo (BPM)|BPM (approx)|Arrangement 1 BPM|Tempo in BPM|Beats per minute",
        ),
        (
            Says(TimeSignature),
            "Time Signature|timeSig|Time Sig.|Meter|Taktart|Compás|Maatsoort|Signature rythmique",
        ),
        (
            Says(Duration),
            "Duration|Length|Song Length|Länge|Dauer|Durée|Duración|Durata|Duur|Lengte|Length (mm:ss)|Arrangement 1 Length",
        ),
        (
            Says(Seconds),
            "seconds|Duration (sec)|Duration (s)|Length in seconds|Sekunden|secondes|Dauer (Sek.)|Song Length Seconds|Time (sec)",
        ),
        (
            Says(Minutes),
            "minutes|Duration (min)|Minuten|Minutos|Länge in Minuten|SongLengthMinutes",
        ),
        (
            Says(Milliseconds),
            "Duration (ms)|Track Duration (ms)|duration_ms",
        ),
        (
            Says(Genre),
            "Genre|Genres|Style|Género|Genere|Stijl|Artist Genres",
        ),
        (
            Says(Tuning),
            "Tuning|guitar_tuning|Stimmung|Accordage|Afinación|Accordatura|Stemming",
        ),
        (
            Says(Difficulty),
            "Difficulty|Level|Schwierigkeit|Difficulté|Dificultad|Moeilijkheid",
        ),
        (
            Says(Meaning::Notes),
            "Notes|Note|Comments|Notizen|Bemerkungen|Remarques|Notas|Opmerkingen|Song Notes",
        ),
        (Says(Capo), "Capo|Kapodaster|Cejilla"),
        (Says(Tags), "Tags|Themes|Keywords"),
        (
            Says(Chart),
            "Lyrics|Chords|Arrangement 1 Chord Chart|Songtext|Paroles",
        ),
        (Perhaps(Artist), "Author|Composer|Album Artist Name(s)"),
        (Time, "Time|Zeit|TIME|Tijd"),
        (
            Nothing,
            "Album Name|Track URI|Artist URI(s)|Track Number|Arrangement 1 Name|Arrangement 2 BPM|Our songs 2026||Singer's mood|Added By|CCLI",
        ),
    ];

    #[test]
    fn headings_of_programs_and_of_six_languages() {
        for (right, headings) in HEADINGS {
            for text in headings.split('|') {
                assert_eq!(heading(text), *right, "{text:?}");
            }
        }
        assert_eq!(heading(&"title ".repeat(100_000)), Nothing);
    }
}
