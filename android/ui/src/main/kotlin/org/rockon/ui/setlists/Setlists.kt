package org.rockon.ui.setlists

import androidx.compose.runtime.Immutable
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.Setlist
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.bands.BandsState
import org.rockon.ui.date
import org.rockon.ui.setlist.length

/**
 * @property isArchive the archived ones are shown, and nothing else
 * @property bands where setlists can be, and the band that is shown
 * @property rows the list, in its order
 * @property isLoaded the list has been read: an empty one is empty
 * @property failure why the list cannot be read just now
 */
@Immutable
data class SetlistsState(
    val isArchive: Boolean = false,
    val bands: BandsState = BandsState(),
    val rows: List<SetlistRow> = emptyList(),
    val isLoaded: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** There is a list, and nothing in it. */
    val isEmpty: Boolean get() = isLoaded && rows.isEmpty()

    /** The band that is shown; null until it is known. */
    val band: BandChoice? get() = bands.chosen

    val mayEdit: Boolean get() = band?.mayEdit == true
}

/**
 * A setlist in a list, ready to be drawn.
 *
 * @property date when its show is
 * @property length how long its songs and breaks take, as far as that is known; null for nothing
 */
@Immutable
data class SetlistRow(
    val id: RowId,
    val name: String,
    val date: String?,
    val songs: Long,
    val length: String?,
    val isUnread: Boolean,
    val isUnsent: Boolean,
)

internal fun Setlist.row() =
    SetlistRow(id, name, showDate?.let { date(it) }, songs.toLong(), length, isUnread = unread, isUnsent = pending)
