package org.rockon.ui

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.rockon.Json
import org.rockon.Kind
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.song
import org.rockon.ui.editor.EditorModel
import org.rockon.ui.editor.Wrong
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.StripWord
import org.rockon.ui.song.SongField
import org.rockon.ui.song.SongModel
import org.rockon.ui.song.SongState
import org.rockon.ui.songs.SongPlace
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Models on the real core and a real server: from signing in to a song that another phone sees. */
class SliceTest {
    private fun played(play: suspend (World, TestApp) -> Unit) =
        runBlocking<Unit> { ScenarioServer.world().use { world -> TestApp.of(world).use { play(world, it) } } }

    @Test
    fun `a wrong password is told in words and nothing typed is lost`() = played { world, app ->
        val welcome = app.welcome()
        welcome.email("eric@rock-on.test")
        welcome.password("wrong")
        welcome.goOn()
        val told = welcome.state.until { it.failure != null }
        assertEquals("eric@rock-on.test" to "wrong", told.email to told.password)
        assertFalse(told.isBusy)
        welcome.password(world.password)
        welcome.goOn()
        app.songs(world)
    }

    @Test
    fun `the core searches and counts as one types`() = played { world, app ->
        val songs = app.signIn("eric", world).songs(world)
        val all = songs.state.value
        assertEquals("The Wonderwalls", all.band?.name)
        songs.search("oas")
        val found = songs.state.until { it.count in 1..<all.count }
        assertEquals(found.count, found.rows.size)
        songs.search("no such song")
        assertTrue(songs.state.until { it.isEmpty }.failure == null)
        songs.search("")
        songs.state.until { state -> state.rows.map { it.id } == all.rows.map { it.id } }
    }

    @Test
    fun `a song of the other phone appears unread, and reading it is to open it`() = played { world, app ->
        val songs = app.signIn("eric", world).songs(world)
        TestApp.of(world).use { other ->
            other.signIn("sam", world).core().add(world.band, song { title = "Zebra" })
            val arrived = songs.state.until { state -> state.rows.any { it.title == "Zebra" } }.rows.first {
                it.title ==
                    "Zebra"
            }
            assertTrue(arrived.isUnread)
            songs.open(arrived.id)
            assertEquals(
                "Zebra",
                app
                    .model<SongModel>()
                    .state
                    .until { it.isLoaded }
                    .title,
            )
            songs.state.until { state -> state.rows.any { it.title == "Zebra" && !it.isUnread } }
        }
    }

    @Test
    fun `what is new about a song is shown once with who did it`() = played { world, app ->
        val songs = app.signIn("eric", world).songs(world)
        val row = songs.state.value.rows.first { it.title == "Acquiesce" }
        app.core().markRead(Kind.SONG, row.id)
        songs.state.until { state -> state.rows.none { it.id == row.id && it.isUnread } }
        TestApp.of(world).use { other ->
            other.signIn("sam", world).core().let { core ->
                core.song(row.id).first { it != null }
                core.change(row.id, song { key = "F#" })
            }
            songs.state.until { state -> state.rows.any { it.id == row.id && it.isUnread && it.key == "F#" } }
            songs.open(row.id)
            val shown = app.model<SongModel>()
            val change =
                shown.state
                    .until { it.changes.isNotEmpty() }
                    .changes
                    .single()
            assertEquals(Triple(SongField.KEY, "F#", "Sam"), Triple(change.of, change.to, change.by))
            shown.dismiss()
            assertEquals(emptyList(), shown.state.value.changes)
        }
    }

    @Test
    fun `offline a song is added and edited at once, and sent later`() = played { world, app ->
        val songs = app.signIn("eric", world).songs(world)
        app.device.network.turn(false)
        songs.add()
        val editor = app.model<EditorModel>()
        editor.type(SongField.TITLE, "Train song")
        editor.type(SongField.LENGTH, "three")
        editor.save()
        assertEquals(
            Wrong(Wrong.What.NO_LENGTH),
            editor.state
                .until { it.field(SongField.LENGTH).wrong != null }
                .field(SongField.LENGTH)
                .wrong,
        )
        editor.type(SongField.LENGTH, "3:30")
        editor.save()
        val shown =
            app
                .model<SongModel>()
                .state
                .until(SongState::isUnsent)
        assertEquals("Train song" to "3:30", shown.title to shown.facts.single().value)
        val strip = app.app.state.awaited { shown -> (shown as? Shown.Inside)?.strip?.takeIf { it.unsent > 0 } }
        assertEquals(Strip(StripWord.OFFLINE, 1), strip)
        app.device.network.turn(true)
        app
            .model<SongModel>()
            .state
            .until { !it.isUnsent }
        assertTrue(app.device.asked > 0, "the system was asked for time in the background")
        app.app.back()
        songs.state.until { state -> state.rows.any { it.title == "Train song" && !it.isUnsent } }
    }

    @Test
    fun `a page that a song names is opened, and words are not`() = played { world, app ->
        app.signIn("eric", world).songs(world)
        val id = app.core().add(world.band, song { title = "Linked" })
        val links = mapOf("recording_url" to Json.Text("rock-on.test/a"), "chords_url" to Json.Text("ask Sam"))
        app.core().change(Kind.SONG, id, links)
        app.app.to(SongPlace(id))
        val model = app.model<SongModel>()
        model.open(
            model.state
                .until { it.links.isNotEmpty() }
                .links
                .single(),
        )
        assertEquals(listOf("https://rock-on.test/a"), app.device.outside.opened)
    }

    @Test
    fun `a viewer is offered nothing that would be refused`() = played { world, app ->
        val songs = app.signIn("toni", world).songs(world)
        val band = songs.state.until { it.band?.id == world.band }.band
        assertEquals(false, band?.mayEdit)
        songs.open(
            songs.state.value.rows
                .first()
                .id,
        )
        assertFalse(
            app
                .model<SongModel>()
                .state
                .until { it.isLoaded }
                .mayEdit,
        )
        assertNull(app.app.state.value.let { it as? Shown.Broken })
    }
}
