package org.rockon.ui

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.rockon.Language
import org.rockon.LogLevel
import org.rockon.Logs
import org.rockon.server.PATIENCE
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.song
import org.rockon.ui.parts.StripWord
import org.rockon.ui.status.LogModel
import org.rockon.ui.status.LogPlace
import org.rockon.ui.status.StatusModel
import org.rockon.ui.status.StatusPlace
import org.rockon.ui.texts.Texts
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** How things are with the server, and the doctor. */
class StatusTest {
    private fun played(play: suspend (World, TestApp, StatusModel) -> Unit) = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            TestApp.of(world).use { app ->
                app.signIn("eric", world).core().waitForFirstSync()
                app.app.to(StatusPlace)
                play(world, app, app.model<StatusModel>())
            }
        }
    }

    @Test
    fun `who is signed in where, and that all is well`() = played { world, _, status ->
        val well = status.state.until { it.isLive }
        assertEquals("eric@rock-on.test" to world.url.substringAfter("://"), well.email to well.server)
        assertNotNull(well.lastSync)
        assertEquals(0L to null, well.unsent to well.word)
    }

    @Test
    fun `what waits is counted offline, and sent at once when one asks for it`() = played { world, app, status ->
        app.device.network.turn(false)
        app.core().add(world.band, song { title = "Train song" })
        val waiting = status.state.until { it.word == StripWord.OFFLINE && it.unsent == 1L }
        assertNotNull(waiting.oldest)
        app.device.network.turn(true)
        status.sync()
        status.state.until { it.unsent == 0L && it.word == null && !it.isSyncing }
    }

    @Test
    fun `the doctor finds the service that does not answer, and the report can be copied`() = played { world, app, status ->
        status.examine()
        val well = status.state.awaited { state -> state.visit?.takeUnless { it.isRunning } }
        assertTrue(well.report.checks.size > 5)
        world.play("""{ "server": "stop", "service": "auth" }""")
        status.examine()
        status.state.until { it.visit?.isRunning == false }
        status.copyReport(Language.ENGLISH)
        val report =
            app.device.outside.copied
                .single()
        assertTrue(report.startsWith("Broken: "), report)
        val told =
            app.app.bar
                .awaited { it }
                .words(Texts(Language.ENGLISH))
        assertEquals("Copied", told)
    }

    @Test
    fun `the log can be read and shared, and names nobody`() = played { _, app, _ ->
        Logs.start(LogLevel.INFO)
        app.core().syncOnce(PATIENCE)
        app.core().status.first { it.sync?.syncedAt != null }
        app.app.to(LogPlace)
        val log = app.model<LogModel>()
        log.share()
        val shared =
            app.device.outside.shared
                .single()
        assertEquals(
            shared.lines().size,
            log.state.value.rows.size
                .coerceAtLeast(1),
        )
        assertFalse("rock-on.test" in shared, shared)
    }
}
