package org.rockon.ui.song

import androidx.compose.runtime.Immutable
import org.rockon.Json
import org.rockon.SeenChange
import org.rockon.Song
import org.rockon.TimeSignature
import org.rockon.plain
import org.rockon.text
import org.rockon.ui.Texts
import org.rockon.ui.length

/**
 * @property isLoaded it is known whether the song is there
 * @property isGone it was there, and is not any more; or never was
 * @property facts what one needs to play it, in the order in which one asks
 * @property more what else is known
 * @property changes what is different since this member looked
 * @property lastChange who changed it last, and when
 */
@Immutable
data class SongState(
    val isLoaded: Boolean = false,
    val isGone: Boolean = false,
    val title: String = "",
    val artist: String? = null,
    val facts: List<Fact> = emptyList(),
    val more: List<Fact> = emptyList(),
    val notes: String? = null,
    val changes: List<Change> = emptyList(),
    val lastChange: String? = null,
    val isUnsent: Boolean = false,
    val mayEdit: Boolean = false,
    val failure: String? = null,
)

/** A value and its name. */
@Immutable
data class Fact(
    val name: String,
    val value: String,
)

/** A value that somebody changed. */
@Immutable
data class Change(
    val name: String,
    val from: String,
    val to: String,
    val by: String?,
)

internal fun SongState.with(song: Song) =
    copy(
        isLoaded = true,
        isGone = false,
        title = song.title,
        artist = song.artist,
        facts = facts(song),
        more = more(song),
        notes = song.notes?.takeIf { it.isNotBlank() },
        isUnsent = song.pending,
        failure = null,
    )

private fun facts(song: Song) =
    listOfNotNull(
        song.key?.let { Fact(Texts.KEY, it) },
        song.capo?.takeIf { it > 0 }?.let { Fact(Texts.CAPO, "$it") },
        song.tempo?.let { Fact(Texts.TEMPO, "$it") },
        song.timeSignature?.let { Fact(Texts.METRE, it.text) },
        song.duration?.let { Fact(Texts.LENGTH, length(it)) },
    )

private fun more(song: Song) =
    listOfNotNull(
        song.guitarTuning?.let { Fact(Texts.TUNING, it) },
        song.genre?.let { Fact(Texts.GENRE, it) },
        song.difficulty?.let { Fact(Texts.DIFFICULTY, "$it") },
    )

/** A change in words, or none where a column is not shown. */
internal fun SeenChange.shown(): Change? {
    val field = SongField.entries.find { it.column == field } ?: return null
    return Change(field.label, field.words(from), field.words(to), byName)
}

/** A column of a song that a person writes, in the order in which the editor has them. */
enum class SongField(
    val column: String,
    val label: String,
    val kind: FieldKind,
) {
    TITLE("title", Texts.TITLE, FieldKind.LINE),
    ARTIST("artist", Texts.ARTIST, FieldKind.LINE),
    KEY("key", Texts.KEY, FieldKind.LINE),
    CAPO("capo", Texts.CAPO, FieldKind.NUMBER),
    TEMPO("tempo", Texts.TEMPO, FieldKind.NUMBER),
    METRE("time_signature", Texts.METRE, FieldKind.LINE),
    LENGTH("duration", Texts.LENGTH, FieldKind.LENGTH),
    DIFFICULTY("difficulty", Texts.DIFFICULTY, FieldKind.NUMBER),
    TUNING("guitar_tuning", Texts.TUNING, FieldKind.LINE),
    GENRE("genre", Texts.GENRE, FieldKind.LINE),
    NOTES("notes", Texts.NOTES, FieldKind.TEXT),
    ;

    /** The value of a song as one writes it. */
    internal fun of(song: Song): String =
        when (this) {
            TITLE -> song.title
            ARTIST -> song.artist
            KEY -> song.key
            CAPO -> song.capo?.toString()
            TEMPO -> song.tempo?.toString()
            METRE -> song.timeSignature?.let(TimeSignature::text)
            LENGTH -> song.duration?.let(::length)
            DIFFICULTY -> song.difficulty?.toString()
            TUNING -> song.guitarTuning
            GENRE -> song.genre
            NOTES -> song.notes
        }.orEmpty()

    /** A value of the column as one reads it. */
    internal fun words(value: Json): String {
        val plain = value.plain
        val words = if (kind == FieldKind.LENGTH && plain is Long) length(plain) else plain?.toString().orEmpty()
        return words.ifEmpty { Texts.EMPTY_VALUE }
    }
}

/** What a field takes. */
enum class FieldKind { LINE, TEXT, NUMBER, LENGTH }
