package org.rockon.ui.songs

import androidx.compose.runtime.Immutable
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Song
import org.rockon.ui.length

/**
 * @property bands where songs can be: the person's bands, and their own
 * @property band the one that is shown; null until it is known
 * @property search what was typed
 * @property rows the first songs of the list, in its order; more come when the end is near
 * @property count how many there are altogether
 * @property isLoaded the list has been read: an empty one is empty
 * @property failure why the list cannot be read just now
 */
@Immutable
data class SongsState(
    val bands: List<BandChoice> = emptyList(),
    val band: BandChoice? = null,
    val search: String = "",
    val rows: List<SongRow> = emptyList(),
    val count: Int = 0,
    val isLoaded: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** There is a list, and nothing in it. */
    val isEmpty: Boolean get() = isLoaded && rows.isEmpty()

    /** There is somewhere else to go. */
    val canSwitch: Boolean get() = bands.size > 1
}

/** A band, or with [isOwn] the person's own songs, which have no name. */
@Immutable
data class BandChoice(
    val id: ScopeId,
    val name: String?,
    val mayEdit: Boolean,
    val isOwn: Boolean = false,
)

/** A song in a list, ready to be drawn. */
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
)

internal fun Song.row() =
    SongRow(
        id = id,
        title = title,
        artist = artist,
        length = duration?.let(::length),
        tempo = tempo,
        key = key,
        isUnread = unread,
        isUnsent = pending,
    )

/** Parts of a line, each read in its own direction: an Arabic name does not turn the numbers around. */
internal fun beside(vararg parts: String?): String = parts.filterNotNull().joinToString(" · ") { "\u2068$it\u2069" }
