package org.rockon.ui

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.rockon.Kind
import org.rockon.RowId
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.song
import org.rockon.ui.device.Server
import org.rockon.ui.editor.Deleted
import org.rockon.ui.editor.EditorModel
import org.rockon.ui.song.SongField
import org.rockon.ui.song.SongModel
import org.rockon.ui.songs.EditSongPlace
import org.rockon.ui.songs.SongPlace
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull

/** An editor never loses what was typed, whatever happens under it. */
class EditorTest {
    private class Play(val world: World, val app: TestApp, val other: TestApp, val id: RowId)

    /** Eric has the editor of a song open; Sam's phone has the song too. */
    private fun edited(play: suspend Play.(EditorModel) -> Unit) = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            TestApp.of(world).use { app ->
                TestApp.of(world).use { other ->
                    val songs = app.signIn("eric", world).songs(world).state
                    val id =
                        songs.value.rows
                            .first { it.title == "Acquiesce" }
                            .id
                    other
                        .signIn("sam", world)
                        .core()
                        .song(id)
                        .first { it != null }
                    app.app.to(SongPlace(id))
                    app.app.to(EditSongPlace(id))
                    val editor = app.model<EditorModel>()
                    editor.state.until { it.isLoaded }
                    Play(world, app, other, id).play(editor)
                }
            }
        }
    }

    @Test
    fun `the same field from another phone is shown beside, others follow`() = edited { editor ->
        editor.type(SongField.KEY, "C#")
        other.core().change(id, song { key = "D"; tempo = 99 })
        val beside = editor.state.until { it.field(SongField.KEY).theirs != null }
        assertEquals("C#", beside.field(SongField.KEY).text)
        assertEquals("D" to "Sam", beside.field(SongField.KEY).theirs?.let { it.value to it.who })
        assertEquals("99", beside.field(SongField.TEMPO).text)
        editor.save()
        app.model<SongModel>()
        val saved = app.core().song(id).first { it?.key == "C#" }
        assertEquals(99, saved?.tempo)
    }

    @Test
    fun `theirs can be taken`() = edited { editor ->
        editor.type(SongField.KEY, "C#")
        other.core().change(id, song { key = "D" })
        editor.state.until { it.field(SongField.KEY).theirs != null }
        editor.take(SongField.KEY)
        assertEquals(
            "D",
            editor.state.value
                .field(SongField.KEY)
                .text,
        )
        assertEquals(false, editor.state.value.isTouched)
    }

    @Test
    fun `a song deleted under the editor comes back with what was typed`() = edited {
        // One that no setlist names: the delete of another would wait for a person.
        val lonely = other.core().add(world.band, song { title = "Lonely" })
        app.core().song(lonely).first { it != null }
        app.app.instead(EditSongPlace(lonely))
        val editor = app.model<EditorModel>()
        editor.state.until { it.isLoaded }
        editor.type(SongField.NOTES, "Count in: Liv")
        other.core().delete(Kind.SONG, lonely)
        assertEquals(Deleted("Sam"), editor.state.until { it.deleted != null }.deleted)
        assertEquals(
            "Count in: Liv",
            editor.state.value
                .field(SongField.NOTES)
                .text,
        )
        editor.bringBack()
        app.model<SongModel>()
        app.core().song(lonely).first { it?.notes == "Count in: Liv" }
    }

    @Test
    fun `closing asks first, and what was typed outlives the process`() = edited { editor ->
        editor.type(SongField.TITLE, "Acquiesce (live)")
        editor.close()
        assertEquals(true, editor.state.value.asksToDiscard)
        editor.stay()
        app.close()
        val again = TestDevice(Server(world.url, world.anonKey), app.device.dataDir, app.device.secrets)
        TestApp(again, app.kept).use { reopened ->
            val restored = reopened.model<EditorModel>()
            assertEquals(
                "Acquiesce (live)",
                restored.state.value
                    .field(SongField.TITLE)
                    .text,
            )
            assertEquals(
                "Acquiesce",
                restored.state
                    .until { it.isLoaded }
                    .field(SongField.TITLE)
                    .base,
            )
            restored.discard()
            reopened.model<SongModel>()
            assertNull(app.kept["edit.$id.title"])
        }
    }
}
