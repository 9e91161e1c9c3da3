package org.rockon.ui

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.rockon.ItemBody
import org.rockon.Kind
import org.rockon.SongChoice
import org.rockon.SongOrder
import org.rockon.SourceFile
import org.rockon.Verb
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.setlist
import org.rockon.song
import org.rockon.ui.imports.ImportModel
import org.rockon.ui.song.HistoryModel
import org.rockon.ui.song.SongField
import org.rockon.ui.song.SongModel
import org.rockon.ui.songs.SongsModel
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What one does with many songs, on the real core and a real server. */
class SongsTest {
    private fun listed(play: suspend (World, TestApp, SongsModel) -> Unit) = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            TestApp.of(world).use { app -> play(world, app, app.signIn("eric", world).songs(world)) }
        }
    }

    @Test
    fun `the order is the core's, is kept, and filters tell that they filter`() = listed { world, app, songs ->
        val byTitle = songs.state.value.rows
        songs.order(SongOrder.ARTIST)
        val core = app.core().songs(world.band, order = SongOrder.ARTIST).first()
        assertFalse(core.map { it.id } == byTitle.map { it.id }, "two orders are the same")
        songs.state.until { state -> state.rows.map { it.id } == core.map { it.id } }
        songs.mineOnly(true)
        val mine = app.core().countSongs(world.band, mineOnly = true)
        assertTrue(songs.state.until { it.count == mine && it.rows.size == mine }.isFiltered)
        songs.mineOnly(false)
        songs.unreadOnly(true)
        val unread = app.core().countSongs(world.band, unreadOnly = true)
        songs.state.until { it.count == unread && it.rows.size == unread }
        assertEquals("ARTIST", app.kept["songs.order"])
    }

    @Test
    fun `a deleted song goes at once and comes back by the bar`() = listed { _, app, songs ->
        val row =
            songs.state.value.rows
                .first()
        songs.delete(row)
        songs.state.until { state -> state.rows.none { it.id == row.id } }
        app.app.bar.until { it != null }
        app.app.undo()
        songs.state.until { state -> state.rows.any { it.id == row.id } }
    }

    @Test
    fun `all is read when the bar has gone, and nothing is when it is taken back`() = listed { world, app, songs ->
        TestApp.of(world).use { other ->
            other.signIn("sam", world).core().add(world.band, song { title = "Zebra" })
            songs.state.until { state -> state.rows.any { it.isUnread } }
        }
        songs.markAllRead()
        assertTrue(songs.state.value.isAllRead)
        app.app.undo()
        songs.state.until { !it.isAllRead }
        assertEquals(1, app.core().countSongs(world.band, unreadOnly = true))
        songs.markAllRead()
        // Another bar ends this one.
        songs.delete(
            songs.state.value.rows
                .first(),
        )
        songs.state.until { state -> state.rows.none { it.isUnread } && !state.isAllRead }
        assertEquals(0, app.core().countSongs(world.band, unreadOnly = true))
        songs.markAllRead()
        songs.ofAll(true)
        assertFalse(songs.state.value.isAllRead, "what was not marked looks read")
    }

    @Test
    fun `songs go into a setlist in the order in which they were chosen, and out of it again`() = listed { world, app, songs ->
        val list = app.core().add(world.band, setlist { name = "Chosen" })
        val (first, second, third) = songs.state.value.rows
        songs.select(third.id)
        songs.toggle(first.id)
        songs.toggle(second.id)
        songs.toggle(second.id)
        assertEquals(
            listOf(third.id, first.id),
            songs.state.value.chosen
                ?.toList(),
        )
        songs.askSetlist()
        val choice = songs.state.awaited { state -> state.setlists?.find { it.id == list } }
        songs.addTo(choice)
        assertNull(songs.state.value.chosen)
        val held = app.core().setlist(list)
        assertEquals(
            listOf(third.title, first.title),
            held
                .first {
                    it?.items?.size == 2
                }?.items
                ?.map { (it.body as ItemBody.Song).title },
        )
        app.app.bar.until { it != null }
        app.app.undo()
        held.first { it?.items?.isEmpty() == true }
    }

    @Test
    fun `files are shown before they are taken, and known songs as one chooses`() = listed { world, app, songs ->
        val known = songs.state.value.rows.first { it.artist != null }
        val table = "title,artist,tempo\n${known.title},${known.artist},99\nBrand New,Us,120\n,Nobody,1\n"
        app.device.chosen = listOf(SourceFile("songs.csv", table.encodeToByteArray()), SourceFile("empty.csv", ByteArray(0)))
        songs.import()
        val import = app.model<ImportModel>()
        import.choose()
        val read = import.state.until { it.isRead }
        assertEquals(Triple(2, 1, 1), Triple(read.songs, read.known, read.taken))
        assertTrue(read.warningCount > 0 && read.bad.isNotEmpty())
        assertNotNull(read.files.find { it.name == "empty.csv" }?.failure)
        import.choose(SongChoice.UPDATE)
        assertEquals(2, import.state.value.taken)
        import.run()
        songs.state.until { state ->
            state.rows.any { it.title == "Brand New" } && state.rows.any { it.id == known.id && it.tempo == 99L }
        }
        app.app.bar.until { it != null }
    }

    @Test
    fun `a letter leads to its first song, however far down it is`() = listed { world, app, songs ->
        app.core().addSongs(world.band, (1..300).map { song { title = "Mass $it" } } + song { title = "Zulu" })
        val last = songs.state.until { state -> state.letters.any { it.letter == "Z" } && state.count > 300 }.letters.last()
        assertEquals(app.core().songLetters(world.band), songs.state.value.letters)
        assertTrue(songs.state.value.rows.size < last.index, "the list was read to its end before")
        songs.jump(last)
        val there = songs.state.until { it.goal == last.index && it.rows.size > last.index }
        assertTrue(there.rows[last.index].title.startsWith("Z"))
        songs.arrived()
        assertNull(songs.state.value.goal)
    }

    @Test
    fun `songs of all bands are shown in one list, each with its band`() = listed { _, app, songs ->
        val own = songs.state.value.bands.all.first { it.isOwn }
        app.core().add(own.id, song { title = "Alone" })
        songs.ofAll(true)
        val mixed = songs.state.until { state -> state.isFiltered && state.rows.any { it.title == "Alone" } }
        assertEquals(own, mixed.rows.first { it.title == "Alone" }.band)
        assertEquals(app.core().countSongs(), mixed.count)
        songs.delete(mixed.rows.first { it.title == "Alone" })
        songs.state.until { state -> state.rows.none { it.title == "Alone" } }
        app.app.bar.until { it != null }
        app.app.undo()
        songs.state.until { state -> state.rows.any { it.title == "Alone" } }
        songs.ofAll(false)
        songs.state.until { state -> state.rows.isNotEmpty() && state.rows.none { it.title == "Alone" || it.band != null } }
    }

    @Test
    fun `a song is shared as text`() = listed { world, app, songs ->
        val id = app.core().add(world.band, song { title = "Told"; key = "F#"; notes = "Count in: Liv" })
        songs.open(id)
        app.model<SongModel>().run {
            state.until { it.isLoaded }
            share()
        }
        assertEquals(app.core().songText(id), app.device.outside.sharedLast.until { it != null })
    }

    @Test
    fun `a song tells what was done to it, and is deleted where one looks at it`() = listed { world, app, songs ->
        val id = app.core().add(world.band, song { title = "Told" })
        songs.open(id)
        val shown = app.model<SongModel>()
        shown.state.until { it.isLoaded && !it.isUnsent }
        app.core().change(id, song { key = "F#" })
        shown.state.until { it.facts.isNotEmpty() && !it.isUnsent }
        shown.history()
        val done =
            app
                .model<HistoryModel>()
                .state
                .until { state -> state.steps.size == 2 }
                .steps
        assertEquals(listOf(Verb.CHANGED, Verb.ADDED), done.map { it.verb })
        assertEquals(listOf(SongField.KEY to "F#"), done.first().changes.map { it.of to it.to })
        app.app.back()
        shown.delete()
        app.model<SongsModel>().state.until { state -> state.rows.none { it.id == id } }
        app.app.bar.until { it != null }
        app.app.undo()
        assertNotNull(app.core().song(id).first { it != null })
        assertNotNull(app.core().row(Kind.SONG, id))
    }
}
