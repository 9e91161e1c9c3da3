package org.rockon.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.rockon.AuthErrorCode
import org.rockon.Format
import org.rockon.Language
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.Role
import org.rockon.Secret
import org.rockon.SessionState
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.song
import org.rockon.ui.device.Client
import org.rockon.ui.device.MemoryPreferences
import org.rockon.ui.settings.Choices
import org.rockon.ui.settings.Chosen
import org.rockon.ui.settings.Part
import org.rockon.ui.settings.PartModel
import org.rockon.ui.settings.PartPlace
import org.rockon.ui.settings.SettingsModel
import org.rockon.ui.settings.SettingsPlace
import org.rockon.ui.theme.Look
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** A server that wants to know who it is before a password is changed. */
private class Wary(private val core: RockOn, private val sent: () -> String) : RockOn by core {
    override suspend fun setPassword(password: Secret, code: Secret?) = when (code?.exposed) {
        null -> throw RockOnException.Auth(AuthErrorCode.ReauthenticationNeeded)
        sent() -> core.setPassword(password, code)
        else -> throw RockOnException.Auth(AuthErrorCode.ReauthenticationNotValid)
    }
}

/** What the person chooses for this phone, and what they do with their account. */
class SettingsTest {
    private fun played(member: String = "eric", play: suspend CoroutineScope.(World, TestApp) -> Unit) = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            TestApp.of(world).use { app ->
                app.signIn(member, world).core().waitForFirstSync()
                app.app.to(SettingsPlace)
                play(world, app)
            }
        }
    }

    private suspend fun TestApp.part(of: Part): PartModel {
        app.to(PartPlace(of))
        return model<PartModel>()
    }

    @Test
    fun `choices are applied at once, kept by the phone, and what is no choice is none`() {
        val phone = MemoryPreferences()
        val chosen = Chosen(phone)
        assertEquals(Choices(), chosen.state.value)
        val mine = Choices(Look.STAGE, Language.GERMAN, 140)
        chosen.change(mine)
        assertEquals(mine, chosen.state.value)
        assertEquals(mine, Chosen(phone).state.value)
        chosen.change(mine.copy(language = null))
        assertNull(Chosen(phone).state.value.language)
        phone["look"] = "NEON"
        phone["gig.text"] = "7000"
        assertEquals(Choices(), Chosen(phone).state.value)
    }

    @Test
    fun `the app starts in the language that was chosen`() = runBlocking<Unit> {
        val device = TestDevice(server = null)
        Client(device, this).chosen.change(Choices(language = Language.GERMAN))
        assertEquals(Language.GERMAN, Client(device, this).language)
    }

    @Test
    fun `a name is changed, and what was typed of it outlives the process`() = played { _, app ->
        val name = app.part(Part.NAME)
        assertEquals("Eric", name.state.until { it.text.isNotEmpty() }.text)
        name.type("Eric the Half")
        assertEquals("Eric the Half", app.kept["settings.NAME"])
        name.act("")
        val settings = app.model<SettingsModel>()
        assertEquals("Eric the Half", app.core().myName())
        assertNull(app.kept["settings.NAME"])
        assertIs<SettingsModel>(settings)
    }

    @Test
    fun `a password is changed by a code where the server wants to know who it is`() = played { world, app ->
        val wary = Wary(app.core()) { world.code("eric@rock-on.test") }
        val password = PartModel(wary, Part.PASSWORD, app.kept, this, app.app)
        password.type("another horse 43")
        assertNull(app.kept["settings.PASSWORD"])
        password.act("")
        password.state.until { it.code == "" && !it.isBusy }
        password.code("000000")
        password.act("")
        val refused = password.state.until { it.failure != null }.failure
        assertEquals(AuthErrorCode.ReauthenticationNotValid, (refused as? RockOnException.Auth)?.reason)
        password.code(world.code("eric@rock-on.test"))
        password.act("")
        app.app.bar.awaited { it }
        app.core().signOut()
        app.core().signIn("eric@rock-on.test", Secret("another horse 43"))
    }

    @Test
    fun `another address must be confirmed, and one that is taken is told`() = played { _, app ->
        val email = app.part(Part.EMAIL)
        email.type("sam@rock-on.test")
        email.act("")
        assertIs<RockOnException.Auth>(email.state.until { it.failure != null }.failure)
        email.type(" eric.b@rock-on.test")
        email.act("")
        assertEquals("eric.b@rock-on.test", email.state.until { it.sentTo != null }.sentTo)
    }

    @Test
    fun `all songs of the band are written into a file`() = played { _, app ->
        val settings = app.model<SettingsModel>()
        settings.state.until { it.band?.isOwn == false }
        settings.export(Format.CSV, "AC/DC: live")
        val (name, type, text) = app.device.outside.saved.awaited { it }
        assertEquals("AC DC live.csv" to "text/csv", name to type)
        assertTrue("Acquiesce" in text)
    }

    @Test
    fun `signing out says how much waits, and it is there after the next sign-in`() = played { world, app ->
        val settings = app.model<SettingsModel>()
        app.device.network.turn(false)
        app.core().add(world.band, song { title = "Train song" })
        settings.askToSignOut()
        assertTrue(settings.state.until { it.unsent == 1L }.asksToSignOut)
        settings.signOut(everywhere = false)
        app.welcome()
        app.device.network.turn(true)
        app.signIn("eric", world)
        app.core().status.first { it.outbox.unsent == 0L && it.sync?.syncedAt != null }
        assertEquals(1, app.core().countSongs(world.band, "Train song"))
    }

    @Test
    fun `an account is deleted by the word alone, not while a band would be left without an admin`() = played { world, app ->
        val delete = app.part(Part.DELETE)
        delete.type("delete")
        delete.act("DELETE")
        assertFalse(delete.state.value.isBusy)
        delete.type("DELETE")
        delete.act("DELETE")
        assertIs<RockOnException.HandOver>(delete.state.until { it.failure != null }.failure)
        val sam =
            app
                .core()
                .members(world.band)
                .first { all -> all.any { it.name == "Sam" } }
                .first { it.name == "Sam" }
        app.core().setMemberRole(world.band, checkNotNull(sam.user), Role.Admin)
        delete.act("DELETE")
        app.welcome()
        assertIs<SessionState.SignedOut>(
            app
                .core()
                .status.value.session,
        )
    }
}
