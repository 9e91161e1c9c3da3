//! Song files: why one cannot be read, and what became of a text that was not taken as it stands.

sentences! {
    too_large(): "the file is larger than 5 MB", "die Datei ist größer als 5 MB";
    too_many():
        "more than 10,000 songs at once; split the file", "mehr als 10.000 Songs auf einmal; teile die Datei";
    too_many_files(): "more than 2,000 files at once", "mehr als 2.000 Dateien auf einmal";
    too_wide(): "the table has more than 1,000 columns", "die Tabelle hat mehr als 1.000 Spalten";
    not_text(): "the file is not text", "die Datei ist kein Text";
    empty(): "the file is empty", "die Datei ist leer";
    unknown_kind():
        "the file is neither a song list nor a chart; name a list .csv, a chart .cho",
        "die Datei ist weder eine Songliste noch ein Chart; nenn eine Liste .csv, ein Chart .cho";
    no_title(): "the header names no column `title`", "in der Kopfzeile fehlt eine Spalte `Titel`";
    open_quote(line):
        "the quoted value that begins on line {line} never ends",
        "der Wert in Anführungszeichen, der in Zeile {line} beginnt, hört nicht auf";

    unreadable():
        "cannot be read as that; kept in the notes", "so nicht zu lesen; steht in den Notizen";
    read_in_part():
        "read in part; the whole text is kept in the notes",
        "nur zum Teil gelesen; der ganze Text steht in den Notizen";
    second_value(): "a second value; kept in the notes", "ein zweiter Wert; steht in den Notizen";
    too_long(): "too long; shortened", "zu lang; gekürzt";
    no_column():
        "more cells than columns; kept in the notes", "mehr Zellen als Spalten; steht in den Notizen";
    named_after():
        "the song has no title; this one was made for it",
        "der Song hat keinen Titel; dieser wurde für ihn gemacht";
    stray_bytes():
        "some characters may be wrong: not in the encoding of the rest",
        "einige Zeichen sind vielleicht falsch: Sie passen nicht zur Kodierung des Rests";
}
