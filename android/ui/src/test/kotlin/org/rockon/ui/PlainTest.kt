package org.rockon.ui

import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.rockon.Account
import org.rockon.Activity
import org.rockon.OutboxCounts
import org.rockon.RowId
import org.rockon.SessionState
import org.rockon.Status
import org.rockon.SyncStatus
import org.rockon.UserId
import org.rockon.ui.gig.light
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.StripWord
import org.rockon.ui.parts.strip
import org.rockon.ui.songs.EditSongPlace
import org.rockon.ui.songs.SongPlace
import org.rockon.ui.texts.Language
import org.rockon.ui.texts.Texts
import org.rockon.ui.welcome.SignInAgainPlace
import java.io.File
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneId
import java.util.Locale
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Instant

/** Rules without a core. */
class PlainTest {
    private val id = "b0000000-0000-4000-8000-000000000001"

    @Test
    fun `a path is a text and back`() {
        val path =
            Path.start
                .choose(Tab.SONGS)
                .to(SongPlace(RowId(id)))
                .to(SongPlace(RowId(id)))
                .to(EditSongPlace(RowId(id)))
                .to(SignInAgainPlace)
        assertEquals(4, path.places.size)
        assertEquals(path, Path.of(path.code))
        assertEquals(Path.start, Path.of("something of another version\nTAB place"))
        assertEquals(Path.start.here, (1..5).fold(path) { at, _ -> at.back() }.here)
    }

    @Test
    fun `no place is lost when many are led to at once`() = runBlocking {
        TestApp(TestDevice(null)).use { app ->
            val jobs = (1..200).map { at -> app.scope.launch { app.app.to(SongPlace(RowId(id.dropLast(3) + (100 + at)))) } }
            repeat(100) {
                app.app.to(SongPlace(RowId(id.dropLast(3) + (400 + it))))
                yield()
            }
            jobs.joinAll()
            assertEquals(301, Path.of(checkNotNull(app.kept["places"])).places.size)
        }
    }

    @Test
    fun `the strip counts what has come of a first sync, and says when the clock is wrong`() {
        val session = SessionState.SignedIn(Account(UserId(id), null))
        val sync = SyncStatus(Activity.CATCHING_UP, null, emptyList(), null, rows = 1_200)
        val first = Status(session, true, true, null, sync, OutboxCounts(0, 0, 0, null), emptyList(), null)
        assertEquals(Strip(StripWord.FIRST_SYNC, filling = 1_200), first.strip())
        val read = first.copy(sync = sync.copy(syncedAt = Instant.parse("2026-12-02T20:00:00Z"), rows = null))
        assertNull(read.strip())
        assertEquals(Strip(StripWord.CLOCK_WRONG), read.copy(clockSkewMinutes = 120).strip())
    }

    @Test
    fun `a length is written as musicians write it`() {
        assertEquals(listOf("0:05", "3:45", "1:02:00"), listOf(5L, 225, 3720).map(::length))
        assertEquals(listOf(5L, 225L, 3720L), listOf("0:05", " 3:45 ", "1:02:00").map(::seconds))
        for (wrong in listOf("", "3", "3:4", "3:60", "three", "-1:00")) assertNull(seconds(wrong), wrong)
    }

    @Test
    fun `a dot is bright on each beat and dark between them`() {
        assertEquals(listOf(1f, 0f, 1f, 0f), listOf(0L, 250, 500, 750).map { light(it * 1_000_000, tempo = 120) })
        assertTrue(light(50_000_000, tempo = 120) in 0.5f..0.9f)
    }

    @Test
    fun `a moment is written as the phone writes it`() {
        val at = Instant.parse("2026-11-30T20:14:00Z")
        assertEquals("30 Nov 2026, 21:14", moment(at, ZoneId.of("Europe/Berlin"), Locale.UK))
    }

    @Test
    fun `a day is said as one says it today`() {
        val texts = Texts(Language.GERMAN).app
        val today = dayOf(Instant.parse("2026-12-01T23:30:00Z"), ZoneId.of("Europe/Berlin"))
        assertEquals(LocalDate.of(2026, 12, 2), today)
        val days = listOf(0L, -1, 1, -8).map { dayWords(today.plusDays(it), today, texts, Locale.GERMANY) }
        assertEquals(listOf("Heute", "Gestern", "Morgen", "Dienstag, 24. November 2026"), days)
        assertEquals("21:14", clock(Instant.parse("2026-11-30T20:14:00Z"), ZoneId.of("Europe/Berlin"), Locale.GERMANY))
    }

    @Test
    fun `a time of day is written and read as the phone writes it, and words are none`() {
        val late = LocalTime.of(17, 30)
        assertEquals(listOf("5:30 PM", "17:30"), listOf(Locale.US, Locale.GERMANY).map { time(late, it) })
        for ((text, locale) in listOf(
            "5:30 pm" to Locale.US,
            "5:30\u202fPM" to Locale.US,
            "17:30" to Locale.US,
            " 17:30" to Locale.GERMANY,
        )) {
            assertEquals(late, timeOfDay(text, locale), text)
        }
        for (words in listOf("", "late", "5", "25:00", "after 17:30")) assertNull(timeOfDay(words, Locale.US), words)
        assertEquals("after the support act", clock("after the support act", Locale.US))
    }

    @Test
    fun `an amount is written and read as the phone writes it, and a dot is never taken for thousands`() {
        assertEquals(listOf("450", "1200.50"), listOf(45000L, 120050L).map { money(it, Locale.UK) })
        assertEquals("1200,50", money(120050, Locale.GERMANY))
        assertEquals(120050, cents("1200,50", Locale.GERMANY))
        assertEquals(45000, cents("450", Locale.GERMANY))
        for (wrong in listOf("", "450.50", "1.200", "0,005", "much", "4 5")) assertNull(cents(wrong, Locale.GERMANY), wrong)
    }

    @Test
    fun `a moment is edited by the clock of the phone`() {
        val zone = ZoneId.of("Europe/Berlin")
        val at = Instant.parse("2026-12-05T19:00:00Z")
        assertEquals("2026-12-05T20:00", local(at, zone).toString())
        assertEquals(at, instant("2026-12-05T20:00", zone))
        for (wrong in listOf("", "soon", "2026-12-05")) assertNull(instant(wrong, zone), wrong)
    }

    @Test
    fun `screens know no Android and take no decision of the core's`() {
        val sources = File("src/main/kotlin").walk().filter { it.extension == "kt" }.toList()
        assertTrue(sources.size > 20)
        val forbidden = listOf(
            "import android.",
            "import androidx.activity",
            ".sortedBy",
            ".sortedWith",
            ".sorted()",
            ".groupBy",
        )
        for (source in sources) {
            val found = forbidden.filter { it in source.readText() }
            assertEquals(emptyList(), found, source.path)
        }
    }

    @Test
    fun `dates and amounts are written in the language of the app`() {
        val day = LocalDate.of(2026, 12, 5)
        val before = Writing.language
        try {
            Writing.language = Language.GERMAN
            assertEquals("Samstag, 5. Dezember 2026" to "1250,50", day(day) to money(125_050))
            Writing.language = Language.ENGLISH
            assertTrue("December" in day(day), day(day))
        } finally {
            Writing.language = before
        }
    }
}
