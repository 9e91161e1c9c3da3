package org.rockon.ui

import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import org.rockon.Kind
import org.rockon.RowId
import org.rockon.server.PATIENCE
import org.rockon.setlist
import org.rockon.show
import org.rockon.song
import org.rockon.ui.band.BandModel
import org.rockon.ui.band.BandPlace
import org.rockon.ui.calendar.CalendarPlace
import org.rockon.ui.editor.EditorModel
import org.rockon.ui.gig.GigModel
import org.rockon.ui.gig.GigPlace
import org.rockon.ui.notices.Goal
import org.rockon.ui.notices.News
import org.rockon.ui.notices.NoticesModel
import org.rockon.ui.notices.placeOf
import org.rockon.ui.practice.PracticePlace
import org.rockon.ui.setlist.SetlistPlace
import org.rockon.ui.show.ShowPlace
import org.rockon.ui.song.SongModel
import org.rockon.ui.songs.EditSongPlace
import org.rockon.ui.songs.SongPlace
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Instant

/** What others did, told while somebody looks and while nobody does. */
class NewsTest {
    private fun TestApp.here(): Place? = (app.state.value as? Shown.Inside)?.screen?.place

    private suspend fun TestApp.banner(): News = app.banner.awaited { it }

    /** Sam changes the song, and Eric's phone has it. */
    private suspend fun Two.news() {
        other.core().change(song, song { key = "F#" })
        app.core().unseenNotices().told { it == 1 }
    }

    @Test
    fun `news are told for a moment, and lead there`() = two {
        app.app.choose(Tab.CALENDAR)
        other.core().change(song, song { key = "F#" })
        val news = app.banner()
        assertTrue("Sam" in news.lines.single() && "Acquiesce" in news.lines.single(), "${news.lines}")
        assertEquals("The Wonderwalls", news.title)
        app.app.followBanner()
        app.model<SongModel>()
        assertNull(app.app.banner.value)
        app.core().unseenNotices().told { it == 0 }
        other.core().change(song, song { tempo = 99 })
        app.banner()
        app.app.banner.first { it == null }
    }

    @Test
    fun `they disturb no editor, and no question`() = two {
        app.app.to(EditSongPlace(song))
        val editor = app.model<EditorModel>()
        app.app.ask(true)
        val told = app.scope.async { app.banner().let { app.here() } }
        news()
        editor.close()
        app.app.choose(Tab.CALENDAR)
        assertEquals(CalendarPlace, app.here())
        assertNull(app.app.banner.value)
        app.app.to(SongPlace(song))
        app.app.ask(false)
        assertEquals(SongPlace(song), told.await())
        app.app.to(EditSongPlace(song))
        app.app.banner.first { it == null }
    }

    @Test
    fun `what came during a gig is told once, when it has ended`() = two {
        val list = app.core().add(world.band, setlist { name = "Town hall" })
        app.core().addSongsToSetlist(list, listOf(song))
        app.app.to(GigPlace(list))
        val gig = app.model<GigModel>()
        gig.state.until { it.isLoaded && it.pages.isNotEmpty() }
        other.core().change(song, song { key = "F#" })
        app.core().song(song).told { it?.key == "F#" }
        assertTrue(app.core().syncOnce(PATIENCE).complete)
        assertEquals(null to 0, app.app.banner.value to app.core().countUnseenNotices())
        gig.end()
        val digest = app.banner()
        assertTrue("Sam" in digest.lines.single(), "${digest.lines}")
        app.app.closeBanner()
        other.core().change(song, song { tempo = 99 })
        val next = app.banner()
        assertTrue(next.lines.none { it in digest.lines }, "${next.lines}")
    }

    @Test
    fun `what the system told is not told again on screen`() = two {
        app.device.screen.turn(false)
        other.core().change(song, song { key = "F#" })
        arrives { it.key == "F#" && !it.pending }
        assertTrue(checkNotNull(app.client.syncOnce(PATIENCE)).complete)
        val told = ArrayList<News>()
        app.client.tellNews { told += it }
        val news = told.single()
        assertEquals(SongPlace(song) to false, news.goal.place to news.asks)
        app.device.screen.turn(true)
        other.core().change(song, song { tempo = 99 })
        val next = app.banner()
        assertTrue(next.lines.none { it in news.lines }, "${next.lines}")
    }

    @Test
    fun `each kind of thing has a place that a notice leads to`() = two {
        val id = RowId(song.value)
        val places = listOf(SongPlace(id), SetlistPlace(id), ShowPlace(id), PracticePlace(id), BandPlace)
        assertEquals(places, listOf(Kind.SONG, Kind.SETLIST, Kind.SHOW, Kind.PRACTICE, Kind.BAND).map { placeOf(it, id) })
        val model = app.run {
            app.choose(Tab.NOTICES)
            model<NoticesModel>()
        }
        val added = other.core().add(world.band, show { name = "Harbour"; scheduledDate = Instant.parse("2026-12-19T20:00:00Z") })
        val row = model.state.until { it.rows.size == 1 }.rows.single()
        model.open(row)
        assertEquals(ShowPlace(added), app.here())
    }

    @Test
    fun `a band that one hears of is shown, whichever was chosen`() = two {
        val other = app.core().createBand("High Flying")
        app.app.choose(Tab.BAND)
        val model = app.model<BandModel>()
        model.state.until { it.bands.all.any { band -> band.id == other } }
        model.choose(other)
        app.app.choose(Tab.CALENDAR)
        val goal = Goal(BandPlace, world.band)
        assertEquals(goal, Goal.of(goal.code))
        app.app.look(goal)
        assertEquals(BandPlace to Tab.BAND, app.here() to (app.app.state.value as Shown.Inside).tab)
        model.state.until { it.band?.id == world.band }
        assertNull(Goal.of("something else"))
    }
}
