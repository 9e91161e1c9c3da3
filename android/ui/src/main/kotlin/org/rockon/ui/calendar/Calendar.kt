package org.rockon.ui.calendar

import androidx.compose.runtime.Immutable
import org.rockon.CalendarEntry
import org.rockon.Practice
import org.rockon.PracticeStatus
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.Show
import org.rockon.ShowStatus
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.bands.BandsState
import org.rockon.ui.fields.Fact
import org.rockon.ui.local
import org.rockon.ui.practice.PracticeField
import org.rockon.ui.show.ShowField
import org.rockon.ui.time
import java.time.LocalDate

/**
 * @property bands where shows and practices can be, and the band that is shown
 * @property rows what is next, then what is past, in the core's order
 * @property today what day it was when the list was read
 * @property isLoaded the list has been read: an empty one is empty
 * @property failure why the list cannot be read just now
 */
@Immutable
data class CalendarState(
    val bands: BandsState = BandsState(),
    val rows: List<CalendarRow> = emptyList(),
    val today: LocalDate = LocalDate.now(),
    val isLoaded: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** There is a list, and nothing in it. */
    val isEmpty: Boolean get() = isLoaded && rows.isEmpty()

    /** The band that is shown; null until it is known. */
    val band: BandChoice? get() = bands.chosen

    /** One's own scope has songs and setlists alone. */
    val mayAdd: Boolean get() = band?.mayEdit == true && band?.isOwn == false
}

/**
 * A show or a practice in the list, ready to be drawn.
 *
 * @property day the day; null where it has none
 * @property time when it is, as the phone writes it
 * @property title its name, or what kind of practice it is
 * @property where its venue or place
 * @property times the hours of a show's day
 */
@Immutable
data class CalendarRow(
    val id: RowId,
    val isShow: Boolean,
    val day: LocalDate?,
    val time: String?,
    val title: Fact,
    val where: String? = null,
    val times: List<Fact> = emptyList(),
    val setlist: RowId? = null,
    val isPast: Boolean = false,
    val isCancelled: Boolean = false,
    val isUnread: Boolean = false,
    val isUnsent: Boolean = false,
)

/** A head stands above the first row of a day, and above what is past. */
internal fun List<CalendarRow>.hasHead(at: Int): Boolean {
    val before = getOrNull(at - 1)
    return before == null || before.day != this[at].day || before.isPast != this[at].isPast
}

/** As the list shows it. */
internal fun CalendarEntry.row(): CalendarRow = when (this) {
    is CalendarEntry.OfShow -> show.row(isPast)
    is CalendarEntry.OfPractice -> practice.row(isPast)
}

private fun Show.row(isPast: Boolean): CalendarRow {
    val at = scheduledDate?.let { local(it) }
    val hours = listOf(ShowField.LOAD_IN, ShowField.SOUNDCHECK, ShowField.SET).map { Fact(it, it.of(this)) }
    return CalendarRow(
        id = id,
        isShow = true,
        day = at?.toLocalDate(),
        time = at?.let { time(it.toLocalTime()) },
        title = Fact(ShowField.NAME, name),
        where = listOfNotNull(venue, location).joinToString(", ").ifEmpty { null },
        times = hours.filter { it.value.isNotEmpty() },
        setlist = setlist,
        isPast = isPast,
        isCancelled = status is ShowStatus.Cancelled,
        isUnread = unread,
        isUnsent = pending,
    )
}

private fun Practice.row(isPast: Boolean): CalendarRow {
    val at = scheduledDate?.let { local(it) }
    return CalendarRow(
        id = id,
        isShow = false,
        day = at?.toLocalDate(),
        time = at?.let { time(it.toLocalTime()) },
        title = Fact(PracticeField.TYPE, PracticeField.TYPE.of(this)),
        where = location,
        setlist = setlist,
        isPast = isPast,
        isCancelled = status is PracticeStatus.Cancelled,
        isUnread = unread,
        isUnsent = pending,
    )
}
