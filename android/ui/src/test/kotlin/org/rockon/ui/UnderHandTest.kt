package org.rockon.ui

import kotlinx.coroutines.flow.first
import org.rockon.Kind
import org.rockon.server.PATIENCE
import org.rockon.setlist
import org.rockon.song
import org.rockon.ui.editor.EditorModel
import org.rockon.ui.gig.GigModel
import org.rockon.ui.gig.GigPlace
import org.rockon.ui.notices.NoticesModel
import org.rockon.ui.song.SongField
import org.rockon.ui.songs.EditSongPlace
import org.rockon.ui.songs.SongPlace
import org.rockon.ui.welcome.SignInAgainPlace
import org.rockon.ui.welcome.WelcomeModel
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What happens elsewhere while somebody types or plays: nothing typed is lost, and who plays is not disturbed. */
class UnderHandTest {
    private fun TestApp.shown(): Shown.Inside = app.state.value as Shown.Inside

    private suspend fun Two.editor(): EditorModel {
        app.app.to(SongPlace(song))
        app.app.to(EditSongPlace(song))
        return app.model<EditorModel>().also { model -> model.state.until { it.isLoaded } }
    }

    @Test
    fun `a token that is refused while one types asks to sign in again, and what was typed is sent then`() = two {
        val editor = editor()
        editor.type(SongField.KEY, "F#")
        TestApp.of(world).use { it.signIn("eric", world).core().signOut(everywhere = true) }
        world.play("""{"server": "expire_tokens"}""")
        app.core().syncOnce(PATIENCE)
        app.app.state.until { (it as? Shown.Inside)?.strip?.isSignedOut == true }
        assertEquals(EditSongPlace(song), app.shown().screen.place)
        editor.type(SongField.TEMPO, "99")
        editor.save()
        app.core().song(song).told { it?.key == "F#" && it.tempo == 99L }
        app.app.followStrip()
        val welcome = app.model<WelcomeModel>()
        assertEquals(true to "eric@rock-on.test", welcome.state.value.let { it.isAgain to it.email })
        welcome.password(world.password)
        welcome.goOn()
        app.app.state.until { (it as? Shown.Inside)?.screen?.place != SignInAgainPlace }
        arrives { it.key == "F#" && it.tempo == 99L }
    }

    @Test
    fun `a song that is taken away with its band leaves what was typed to be copied`() = two("noel") {
        val editor = editor()
        editor.type(SongField.NOTES, "Count in: Liv")
        val me = checkNotNull(app.core().myName())
        TestApp.of(world).use { admin ->
            val core = admin.signIn("eric", world).core()
            val noel = core.members(world.band).first { all -> all.any { it.name == me } }.first { it.name == me }
            core.removeMember(world.band, checkNotNull(noel.user))
        }
        editor.state.until { it.deleted != null }
        editor.copy()
        assertEquals(listOf("Count in: Liv"), app.device.outside.copied)
        editor.discard()
        assertTrue(app.shown().screen.place != EditSongPlace(song))
    }

    @Test
    fun `a conflict waits while one plays, and is shown afterwards`() = two {
        val list = app.core().add(world.band, setlist { name = "Town hall" })
        app.core().addSongsToSetlist(list, listOf(song))
        app.app.to(GigPlace(list))
        val gig = app.model<GigModel>()
        val before = gig.state.until { it.isLoaded && it.pages.isNotEmpty() }
        app.device.network.turn(false)
        app.core().change(song, song { notes = "Mine" })
        other.core().change(song, song { notes = "Theirs" })
        arrives { it.notes == "Theirs" && !it.pending }
        app.device.network.turn(true)
        assertEquals(1, app.core().conflicts().told { it.isNotEmpty() }.size)
        assertEquals(before.pages to GigPlace(list), gig.state.value.pages to app.shown().screen.place)
        assertEquals(null, app.app.banner.value)
        gig.end()
        app.app.state.until { it is Shown.Inside && it.screen.place != GigPlace(list) && it.strip?.waits == true }
        app.app.followStrip()
        app.model<NoticesModel>().state.until { it.waiting.size == 1 }
        assertTrue(app.core().row(Kind.SONG, song) != null)
    }
}
