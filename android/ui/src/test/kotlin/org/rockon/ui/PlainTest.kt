package org.rockon.ui

import org.rockon.RowId
import org.rockon.ui.device.Server
import org.rockon.ui.songs.EditSongPlace
import org.rockon.ui.songs.SongPlace
import org.rockon.ui.texts.Language
import org.rockon.ui.texts.Texts
import org.rockon.ui.welcome.SignInAgainPlace
import java.io.File
import java.time.LocalDate
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
    fun `links of the app are read, all others are not`() {
        assertEquals(DeepLink.Join("ABCD-1234"), DeepLink.parse("rockon://join/ABCD-1234"))
        assertEquals(DeepLink.Setlist(RowId(id)), DeepLink.parse("rockon://setlist/${id.uppercase()}"))
        val server = Server("https://abcd.supabase.co", "sb_publishable_1")
        val link = "rockon://server?url=https%3A%2F%2Fabcd.supabase.co&key=sb_publishable_1"
        assertEquals(DeepLink.AnotherServer(server), DeepLink.parse(" $link\n"))
        for (wrong in listOf(
            "",
            "rockon://",
            "rockon://join/",
            "rockon://join/a b",
            "rockon://join/../..",
            "rockon://setlist/7",
            "rockon://server?url=ftp://x&key=k",
            "rockon://server?url=https://x",
            "rockon://server?url=%&key=k",
            "https://join/ABCD",
        )) {
            assertNull(DeepLink.parse(wrong), wrong)
        }
    }

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
    fun `a length is written as musicians write it`() {
        assertEquals(listOf("0:05", "3:45", "1:02:00"), listOf(5L, 225, 3720).map(::length))
        assertEquals(listOf(5L, 225L, 3720L), listOf("0:05", " 3:45 ", "1:02:00").map(::seconds))
        for (wrong in listOf("", "3", "3:4", "3:60", "three", "-1:00")) assertNull(seconds(wrong), wrong)
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
        assertEquals("21:14", timeOf(Instant.parse("2026-11-30T20:14:00Z"), ZoneId.of("Europe/Berlin"), Locale.GERMANY))
    }

    @Test
    fun `screens know no Android and take no decision of the core's`() {
        val sources = File("src/main/kotlin").walk().filter { it.extension == "kt" }.toList()
        assertTrue(sources.size > 20)
        val forbidden =
            listOf(
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
}
