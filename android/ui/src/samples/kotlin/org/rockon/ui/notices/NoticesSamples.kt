package org.rockon.ui.notices

import org.rockon.ConflictId
import org.rockon.EditId
import org.rockon.Kind
import org.rockon.NoticeId
import org.rockon.RefusalCode
import org.rockon.RejectedEdit
import org.rockon.Rejection
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Verb
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.device.Allowed
import org.rockon.ui.songs.SongPlace
import org.rockon.values
import java.time.LocalDate
import kotlin.time.Instant

/** States of the list as it can be, for pictures and for tests. */
object NoticesSamples {
    private val today = LocalDate.of(2026, 12, 2)

    private fun scope(at: Int) = ScopeId("b0000000-0000-4000-8000-%012d".format(at))

    private val bands = listOf(
        BandChoice(scope(0), "The Wonderwalls", mayEdit = true),
        BandChoice(scope(1), "The Extraordinarily Long-Winded Wedding and Function Orchestra of Upper Hagen", mayEdit = true),
    )

    private fun lead(at: Int, title: String) =
        Lead(Kind.SONG, title, Goal(SongPlace(RowId("d0000000-0000-4000-8000-%012d".format(at)))))

    private fun row(at: Int, text: String, time: String, day: LocalDate? = null, isUnseen: Boolean = false, vararg leads: Lead) =
        NoticeRow(NoticeId(at.toLong()), text, time, scope(at % 2), day, isUnseen, leads.toList())

    val normal = NoticesState(
        rows = listOf(
            row(
                7,
                "Sam changed 3 songs: \"Wonderwall\", \"505\", \"Everlong\"",
                "20:14",
                today,
                true,
                lead(1, "Wonderwall"),
                lead(2, "505"),
                lead(3, "Everlong"),
            ),
            row(6, "Liv changed the key of \"Basket Case\" from Eb to D", "19:58", null, true, lead(4, "Basket Case")),
            row(5, "Sam added \"Zebra\"", "18:02", null, false, lead(5, "Zebra")),
            row(4, "Toni joined The Wonderwalls", "22:40", today.minusDays(1)),
            row(3, "Sam moved \"505\" in \"Summer set\"", "21:12"),
            row(2, "Liv deleted \"Creep\"", "20:00", today.minusDays(4)),
        ),
        unseen = 2,
        today = today,
        isLoaded = true,
    )

    val mixed = normal.copy(bands = bands)

    val opened = normal.copy(opened = NoticeId(7))

    internal val conflict = Waiting.OfConflict(
        ConflictId(1),
        "You and Sam both changed the key of \"Acquiesce\". Both are kept: choose one.",
        Kind.SONG,
        "key",
        "Sam",
        "2 Dec 2026, 20:14",
    )

    /** An edit that the member had no right to. */
    internal val edit = RejectedEdit(
        id = EditId(1),
        scope = ScopeId("b0000000-0000-4000-8000-000000000001"),
        kind = Kind.SONG,
        row = RowId("d0000000-0000-4000-8000-000000000009"),
        verb = Verb.CHANGED,
        title = "Wonderwall",
        set = values("key" to "Em"),
        base = values("key" to "F#m"),
        rejection = Rejection(RefusalCode.NotAllowed, null, null),
        at = Instant.fromEpochMilliseconds(1_764_706_440_000),
        notice = null,
    )

    val waiting = normal.copy(waiting = listOf(conflict, Waiting.OfEdit(edit, "2 Dec 2026, 19:40")))

    val empty = NoticesState(today = today, isLoaded = true)

    val asking = empty.copy(allowed = Allowed(Allowed.Answer.UNASKED))

    val refused = normal.copy(allowed = Allowed(Allowed.Answer.NO))

    val restricted = normal.copy(allowed = Allowed(inBackground = false))

    /** Names as people have them: long, from right to left, and with signs. */
    val long = waiting.copy(
        bands = bands,
        rows = listOf(
            row(
                9,
                "Somebody with a Very Long Name Indeed changed 12 songs: " +
                    "\"If I Could Turn Back Time and Say Everything I Never Said …\", \"حبيبي يا نور العين\", \"🎸🔥 Jam\" and 9 more",
                "20:14",
                today,
                true,
                lead(1, "If I Could Turn Back Time and Say Everything I Never Said ".repeat(5)),
            ),
        ) + normal.rows.drop(1),
    )

    /** What a banner tells. */
    val news = News(NoticeId(7), asks = false, normal.rows.take(2).map { it.text }, "The Wonderwalls", Goal(NoticesPlace))
}
