package org.rockon.ui.setlists

import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.bands.BandsState

/** States of the list of setlists as it can be, for pictures and for tests. */
object SetlistsSamples {
    private val band = BandChoice(ScopeId("b0000000-0000-4000-8000-000000000001"), "The Wonderwalls", mayEdit = true)

    private fun row(
        at: Int,
        name: String,
        songs: Long,
        length: String?,
        date: String? = null,
        isUnread: Boolean = false,
        isUnsent: Boolean = false,
    ) = SetlistRow(RowId("60000000-0000-4000-8000-%012d".format(at)), name, date, songs, length, isUnread, isUnsent)

    val normal = SetlistsState(
        bands = BandsState(listOf(band), band),
        rows = listOf(
            row(1, "Practice pile", 9, "38:40", isUnsent = true),
            row(2, "The Crown, two sets", 23, "1:54:10", "5 Dec 2026", isUnread = true),
            row(3, "Wedding", 31, "2:41:03", "22 May 2027"),
            row(4, "Ideas", 0, null),
        ),
        isLoaded = true,
    )

    val viewer = normal.copy(bands = band.copy(mayEdit = false).let { BandsState(listOf(it), it) })

    val empty = normal.copy(rows = emptyList())

    val archive = normal.copy(isArchive = true, rows = listOf(row(5, "New Year's Eve 2025", 28, "2:10:00", "31 Dec 2025")))

    /** Names as people have them: long, from right to left, and with signs. */
    val long = normal.copy(
        rows = listOf(
            row(1, "The night of a thousand songs and nobody goes home before the last one ".repeat(4), 1000, "66:40:00"),
            row(2, "حفلة رأس السنة", 12, "48:00", "31 Dec 2026", isUnread = true, isUnsent = true),
            row(3, "🎸🔥", 3, "12:00"),
        ),
    )
}
