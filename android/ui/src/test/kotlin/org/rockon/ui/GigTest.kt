package org.rockon.ui

import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.server.PATIENCE
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.setlist
import org.rockon.ui.device.MemoryKept
import org.rockon.ui.device.MemoryPreferences
import org.rockon.ui.device.Server
import org.rockon.ui.gig.GigModel
import org.rockon.ui.gig.GigPlace
import org.rockon.ui.gig.Page
import org.rockon.ui.gig.Sheet
import org.rockon.ui.songs.SongsModel
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.Instant

/** A gig on the real core and a real server: what others do, and what happens to the phone meanwhile. */
class GigTest {
    private class Played(val world: World, val app: TestApp, val list: RowId, val gig: GigModel)

    /** Three songs with a break before the last. */
    private fun played(play: suspend Played.() -> Unit) = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            TestApp.of(world).use { app ->
                val songs =
                    app
                        .signIn("eric", world)
                        .songs(world)
                        .state.value.rows
                val list = app.core().add(world.band, setlist { name = "Town hall" })
                app.core().addSongsToSetlist(list, songs.take(2).map { it.id })
                app.core().addBreak(list, 10)
                app.core().addSongsToSetlist(list, songs.drop(2).take(1).map { it.id })
                app.app.to(GigPlace(list))
                val gig = app.model<GigModel>()
                gig.state.until { it.pages.size == 4 }
                Played(world, app, list, gig).play()
            }
        }
    }

    private suspend fun Played.elsewhere(change: suspend (RockOn) -> Unit) = TestApp.of(world).use { other ->
        val core = other.signIn("sam", world).core()
        core.waitForFirstSync()
        core.setlist(list).told { it?.items?.size == 4 }
        change(core)
        assertTrue(core.syncOnce(PATIENCE).complete)
        assertEquals(emptyList(), core.conflicts().first())
    }

    @Test
    fun `pages turn and are kept through a kill, and the app opens in the gig`() = played {
        gig.previous()
        assertEquals(0, gig.state.value.page)
        gig.next()
        gig.next()
        app.core().gigChanges().first { it?.page == 2 }
        app.close()
        val again = TestDevice(Server(world.url, world.anonKey), app.device.dataDir, app.device.secrets)
        TestApp(again, MemoryKept()).use { fresh ->
            val restored = fresh.model<GigModel>().state.until { it.isLoaded }
            assertEquals(2, restored.page)
            assertTrue(restored.pages[2] is Page.Break)
        }
    }

    @Test
    fun `a newer version changes nothing until it is taken, and then the song stays`() = played {
        gig.turn(1)
        val before = gig.state.value.pages
        elsewhere { core -> core.addSection(list, "Encore") }
        val told = gig.state.until { it.update != null }
        assertEquals(before to 1, told.pages to told.page)
        assertEquals("Sam" to 1L, told.update?.let { it.by to it.added })
        assertEquals(1, told.update?.steps?.size)
        gig.take()
        val taken = gig.state.until { it.pages.size == 5 }
        assertEquals(before[1], taken.pages[taken.page])
        assertNull(gig.state.until { it.update == null }.update)
    }

    /** By who made it: no other member may, but an admin. */
    @Test
    fun `a setlist that is deleted elsewhere changes nothing until the end`() = two {
        val list = other.core().add(world.band, setlist { name = "Town hall" })
        other.core().addSongsToSetlist(list, listOf(song))
        app.core().setlist(list).told { it?.items?.size == 1 }
        app.app.to(GigPlace(list))
        val gig = app.model<GigModel>()
        val before = gig.state.until { it.pages.isNotEmpty() }.pages
        other.core().delete(Kind.SETLIST, list)
        val told = gig.state.until { it.update != null }
        assertEquals(true to "Sam", told.update?.let { it.isDeleted to it.by })
        gig.take()
        assertEquals(before to 0, gig.state.until { it.sheet == null }.let { it.pages to it.page })
        assertEquals(0, app.core().countUnseenNotices())
        gig.end()
        app.app.state.until { it is Shown.Inside && it.screen.place != GigPlace(list) }
        assertNull(app.core().setlist(list).first())
    }

    @Test
    fun `back asks, behind the last page is the end, and leaving ends the gig`() = played {
        app.app.systemBack()
        assertEquals(Sheet.LEAVE, gig.state.value.sheet)
        app.app.systemBack()
        assertNull(gig.state.value.sheet)
        repeat(9) { gig.next() }
        assertTrue(gig.state.value.isAtEnd)
        gig.end()
        app.model<SongsModel>()
        assertNull(app.core().gig())
        assertFalse(app.core().gigMode())
    }

    @Test
    fun `a break counts down from the first look at it`() = played {
        var now = Instant.parse("2026-12-02T20:00:00Z")
        val scope = mainScope()
        val timed = GigModel(app.core(), list, MemoryPreferences(), MemoryKept(), scope, app.app) { now }
        timed.state.until { it.isLoaded }
        timed.turn(2)
        assertEquals(600L, timed.state.value.pause)
        now += 90.seconds
        timed.previous()
        assertNull(timed.state.value.pause)
        timed.next()
        assertEquals(510L, timed.state.value.pause)
        now += 600.seconds
        timed.state.until { it.pause == 0L }
        scope.cancel()
    }

    @Test
    fun `volume keys and the lock of rotation are kept for the next one`() = played {
        gig.turnByVolume(true)
        gig.lockRotation(true)
        val scope = mainScope()
        val next = GigModel(app.core(), list, app.device.preferences, MemoryKept(), scope, app.app)
        assertEquals(true to true, next.state.value.turnsByVolume to next.state.value.isRotationLocked)
        scope.cancel()
    }
}
