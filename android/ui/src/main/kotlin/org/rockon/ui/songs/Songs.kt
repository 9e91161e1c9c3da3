package org.rockon.ui.songs

import androidx.compose.runtime.Immutable
import org.rockon.Letter
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.Song
import org.rockon.SongOrder
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.bands.BandsState
import org.rockon.ui.length

/**
 * @property bands where songs can be, and the band that is shown
 * @property search what was typed
 * @property rows the first songs of the list, in its order; more come when the end is near
 * @property count how many there are altogether
 * @property isLoaded the list has been read: an empty one is empty
 * @property isOfAll songs of all bands are shown, each with its own
 * @property letters where the letters of the list begin
 * @property goal the row that the list is to be moved to
 * @property isAllRead everything counts as read while that can still be taken back
 * @property chosen those that were chosen, in the order in which they were; null while none is being chosen
 * @property setlists where the chosen ones can go; null until that is asked
 * @property failure why the list cannot be read just now
 */
@Immutable
data class SongsState(
    val bands: BandsState = BandsState(),
    val search: String = "",
    val rows: List<SongRow> = emptyList(),
    val count: Int = 0,
    val isLoaded: Boolean = false,
    val order: SongOrder = SongOrder.TITLE,
    val isUnreadOnly: Boolean = false,
    val isMineOnly: Boolean = false,
    val isOfAll: Boolean = false,
    val letters: List<Letter> = emptyList(),
    val goal: Int? = null,
    val isAllRead: Boolean = false,
    val chosen: Set<RowId>? = null,
    val setlists: List<SetlistChoice>? = null,
    val failure: RockOnException? = null,
) {
    /** There is a list, and nothing in it. */
    val isEmpty: Boolean get() = isLoaded && rows.isEmpty()

    /** Not everything is shown. */
    val isFiltered: Boolean get() = isUnreadOnly || isMineOnly || isOfAll

    /** A list that is soon read through needs no letters. */
    val hasLetters: Boolean get() = letters.size > 1 && count > FEW

    val mayEdit: Boolean get() = band?.mayEdit == true

    /** The band that is shown; null until it is known. */
    val band: BandChoice? get() = bands.chosen

    private companion object {
        const val FEW = 30
    }
}

/** A setlist that songs can be put into. */
@Immutable
data class SetlistChoice(val id: RowId, val name: String)

/** A song in a list, ready to be drawn; with its band where songs of several are shown. */
@Immutable
data class SongRow(
    val id: RowId,
    val title: String,
    val artist: String?,
    val length: String?,
    val tempo: Long?,
    val key: String?,
    val isUnread: Boolean,
    val isUnsent: Boolean,
    val band: BandChoice? = null,
)

internal fun Song.row(band: BandChoice? = null) = SongRow(
    id = id,
    title = title,
    artist = artist,
    length = duration?.let(::length),
    tempo = tempo,
    key = key,
    isUnread = unread,
    isUnsent = pending,
    band = band,
)

/** Parts of a line, each read in its own direction: an Arabic name does not turn the numbers around. */
internal fun beside(vararg parts: String?): String = parts.filterNotNull().joinToString(" · ") { "\u2068$it\u2069" }
