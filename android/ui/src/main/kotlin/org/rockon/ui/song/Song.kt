package org.rockon.ui.song

import androidx.compose.runtime.Immutable
import org.rockon.Json
import org.rockon.RockOnException
import org.rockon.SeenChange
import org.rockon.Song
import org.rockon.TimeSignature
import org.rockon.plain
import org.rockon.text
import org.rockon.ui.length
import org.rockon.ui.texts.SongTexts

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
    val lastChange: LastEdit? = null,
    val isUnsent: Boolean = false,
    val mayEdit: Boolean = false,
    val failure: RockOnException? = null,
)

/** A value of a song. */
@Immutable
data class Fact(
    val of: SongField,
    val value: String,
)

/** Who changed a song last, and when, as the phone writes it. */
@Immutable
data class LastEdit(
    val by: String?,
    val at: String,
)

/** A value that somebody changed, set where there was none, or cleared. */
@Immutable
data class Change(
    val of: SongField,
    val from: String?,
    val to: String?,
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
        song.key?.let { Fact(SongField.KEY, it) },
        song.capo?.takeIf { it > 0 }?.let { Fact(SongField.CAPO, "$it") },
        song.tempo?.let { Fact(SongField.TEMPO, "$it") },
        song.timeSignature?.let { Fact(SongField.METRE, it.text) },
        song.duration?.let { Fact(SongField.LENGTH, length(it)) },
    )

private fun more(song: Song) =
    listOfNotNull(
        song.guitarTuning?.let { Fact(SongField.TUNING, it) },
        song.genre?.let { Fact(SongField.GENRE, it) },
        song.difficulty?.let { Fact(SongField.DIFFICULTY, "$it") },
    )

/** A change in words, or none where a column is not shown. */
internal fun SeenChange.shown(): Change? {
    val field = SongField.entries.find { it.column == field } ?: return null
    return Change(field, field.words(from), field.words(to), byName)
}

/** A column of a song that a person writes, in the order in which the editor has them. */
enum class SongField(
    val column: String,
    val kind: FieldKind,
) {
    TITLE("title", FieldKind.LINE),
    ARTIST("artist", FieldKind.LINE),
    KEY("key", FieldKind.LINE),
    CAPO("capo", FieldKind.NUMBER),
    TEMPO("tempo", FieldKind.NUMBER),
    METRE("time_signature", FieldKind.LINE),
    LENGTH("duration", FieldKind.LENGTH),
    DIFFICULTY("difficulty", FieldKind.NUMBER),
    TUNING("guitar_tuning", FieldKind.LINE),
    GENRE("genre", FieldKind.LINE),
    NOTES("notes", FieldKind.TEXT),
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

    /** A value of the column as one reads it; null for none. */
    internal fun words(value: Json): String? {
        val plain = value.plain
        return if (kind == FieldKind.LENGTH && plain is Long) length(plain) else plain?.toString()?.ifEmpty { null }
    }

    /** Its name. */
    internal fun label(texts: SongTexts): String =
        when (this) {
            TITLE -> texts.title
            ARTIST -> texts.artist
            KEY -> texts.key
            CAPO -> texts.capo
            TEMPO -> texts.tempo
            METRE -> texts.timeSignature
            LENGTH -> texts.duration
            DIFFICULTY -> texts.difficulty
            TUNING -> texts.tuning
            GENRE -> texts.genre
            NOTES -> texts.notes
        }
}

/** What a field takes. */
enum class FieldKind { LINE, TEXT, NUMBER, LENGTH }
