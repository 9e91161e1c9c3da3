package org.rockon.ui.calendar

import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.bands.BandsState
import org.rockon.ui.fields.Fact
import org.rockon.ui.practice.PracticeField
import org.rockon.ui.show.ShowField
import java.time.LocalDate

/** States of the calendar as it can be, for pictures and for tests. */
object CalendarSamples {
    private val wonderwalls = BandChoice(ScopeId("b0000000-0000-4000-8000-000000000001"), "The Wonderwalls", mayEdit = true)

    private val today = LocalDate.of(2026, 12, 2)

    /** A day of December, or one of as many days before or after it. */
    private fun date(day: Long) = LocalDate.of(2026, 11, 30).plusDays(day)

    private fun id(at: Int) = RowId("70000000-0000-4000-8000-%012d".format(at))

    private val set = id(9)

    private fun show(at: Int, name: String, day: Long?, where: String?, times: List<Fact> = emptyList()) =
        CalendarRow(id(at), true, day?.let(::date), "20:00", Fact(ShowField.NAME, name), where, times, set)

    private fun practice(at: Int, day: Long?, kind: String = "rehearsal") =
        CalendarRow(id(at), false, day?.let(::date), "19:30", Fact(PracticeField.TYPE, kind), "Unit 4, Dock Road")

    private val hours = listOf(
        Fact(ShowField.LOAD_IN, "17:30"),
        Fact(ShowField.SOUNDCHECK, "18:30"),
        Fact(ShowField.SET, "20:30"),
    )

    val normal = CalendarState(
        bands = BandsState(listOf(wonderwalls), wonderwalls),
        rows = listOf(
            practice(1, 2),
            practice(2, 3).copy(isUnread = true, setlist = set),
            show(3, "The Crown", 5, "The Crown, 12 Mill Lane", times = hours),
            show(4, "Harbour Night", 5, "Pier 3").copy(isCancelled = true, isUnread = true),
            show(5, "Maya and Ben's wedding", 172, "Ashby Barn, Ashby", times = hours).copy(isUnsent = true),
            practice(6, 1).copy(isPast = true),
            practice(7, -4, kind = "writing").copy(isPast = true, setlist = set),
        ),
        today = today,
        isLoaded = true,
    )

    val empty = normal.copy(rows = emptyList())

    private val reader = wonderwalls.copy(mayEdit = false)

    val viewer = normal.copy(bands = BandsState(listOf(reader), reader))

    val emptyViewer = viewer.copy(rows = emptyList())

    val long = normal.copy(
        rows = listOf(
            show(
                11,
                "The Extraordinarily Long-Winded Wedding and Function of Upper Hagen and its Neighbours 🎸".repeat(3),
                5,
                "قاعة الاحتفالات الكبرى, 12 Mill Lane, Upper Hagen an der Volme",
                hours,
            ).copy(isUnread = true, isUnsent = true),
            show(
                12,
                "After the support act",
                null,
                null,
                times = listOf(Fact(ShowField.SET, "after the support act, whenever they let us")),
            ),
        ) + normal.rows.drop(1),
    )
}
