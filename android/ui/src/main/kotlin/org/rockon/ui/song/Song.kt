package org.rockon.ui.song

import androidx.compose.runtime.Immutable
import org.rockon.RockOnException
import org.rockon.Song
import org.rockon.TimeSignature
import org.rockon.WebLink
import org.rockon.text
import org.rockon.ui.fields.Change
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.Fact
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.LastEdit
import org.rockon.ui.length
import org.rockon.ui.texts.Texts

/**
 * @property isLoaded it is known whether the song is there
 * @property isGone it was there, and is not any more; or never was
 * @property facts what one needs to play it, in the order in which one asks
 * @property more what else is known
 * @property links what there is of it on the web
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
    val links: List<WebLink> = emptyList(),
    val changes: List<Change> = emptyList(),
    val lastChange: LastEdit? = null,
    val isUnsent: Boolean = false,
    val mayEdit: Boolean = false,
    val failure: RockOnException? = null,
)

internal fun SongState.with(song: Song) = copy(
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

private fun facts(song: Song) = listOfNotNull(
    song.key?.let { Fact(SongField.KEY, it) },
    song.capo?.takeIf { it > 0 }?.let { Fact(SongField.CAPO, "$it") },
    song.tempo?.let { Fact(SongField.TEMPO, "$it") },
    song.timeSignature?.let { Fact(SongField.METRE, it.text) },
    song.duration?.let { Fact(SongField.LENGTH, length(it)) },
)

private fun more(song: Song) = listOfNotNull(
    song.guitarTuning?.let { Fact(SongField.TUNING, it) },
    song.genre?.let { Fact(SongField.GENRE, it) },
    song.difficulty?.let { Fact(SongField.DIFFICULTY, "$it") },
)

/** A column of a song that a person writes, in the order in which the editor has them. */
enum class SongField(override val column: String, override val kind: FieldKind) : Column {
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
    internal fun of(song: Song): String = when (this) {
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

    override val isRequired get() = this == TITLE
    override val isShort get() = kind.isShort || this == KEY || this == METRE
    override val isName get() = this == TITLE || this == ARTIST

    override fun label(texts: Texts): String = when (this) {
        TITLE -> texts.song.title
        ARTIST -> texts.song.artist
        KEY -> texts.song.key
        CAPO -> texts.song.capo
        TEMPO -> texts.song.tempo
        METRE -> texts.song.timeSignature
        LENGTH -> texts.song.duration
        DIFFICULTY -> texts.song.difficulty
        TUNING -> texts.song.tuning
        GENRE -> texts.song.genre
        NOTES -> texts.song.notes
    }

    override fun missing(texts: Texts): String = texts.song.titleMissing
}
