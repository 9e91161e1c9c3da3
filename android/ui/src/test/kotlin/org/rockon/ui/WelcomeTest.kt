package org.rockon.ui

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.rockon.IdProvider
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.Secret
import org.rockon.SessionState
import org.rockon.SignUp
import org.rockon.parseLink
import org.rockon.server.PATIENCE
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.ui.band.InvitesModel
import org.rockon.ui.band.JoinPlace
import org.rockon.ui.device.Accounts
import org.rockon.ui.device.IdToken
import org.rockon.ui.device.MemoryKept
import org.rockon.ui.device.Server
import org.rockon.ui.line.Line
import org.rockon.ui.line.LineModel
import org.rockon.ui.songs.SongsModel
import org.rockon.ui.songs.SongsPlace
import org.rockon.ui.welcome.Entrance
import org.rockon.ui.welcome.StartActs
import org.rockon.ui.welcome.StartPlace
import org.rockon.ui.welcome.Way
import org.rockon.ui.welcome.WelcomeModel
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** The ways in, on the real core and a real server, and where links lead. */
class WelcomeTest {
    private val eric = "eric@rock-on.test"

    private fun played(play: suspend (World, TestApp) -> Unit) =
        runBlocking<Unit> { ScenarioServer.world().use { world -> TestApp.of(world).use { play(world, it) } } }

    private suspend fun TestApp.at(place: Place) =
        app.state.awaited { shown -> (shown as? Shown.Inside)?.takeIf { it.screen.place == place } }

    /** A code of the world's band, for as many as like. */
    private suspend fun TestApp.invite(world: World): String = signIn("eric", world).core().createInvite(world.band, uses = 5)

    private suspend fun TestApp.signUp(name: String) {
        val welcome = welcome()
        welcome.choose(Way.SIGN_UP)
        welcome.email("${name.lowercase()}@rock-on.test")
        welcome.password("rock-on-2026")
        assertFalse(welcome.state.value.canGoOn)
        welcome.name(" $name ")
        welcome.goOn()
    }

    @Test
    fun `who is new signs up with a name, is asked once how to start, and invites to a band of their own`() =
        played { world, app ->
            app.signUp("Max")
            app.at(StartPlace)
            assertEquals("Max", app.core().myName())
            app.model<StartActs>().make()
            val line = app.model<LineModel>()
            line.type("High Flying")
            line.perform()
            val invites = app.model<InvitesModel>()
            invites.state.until { it.band == "High Flying" }
            invites.back()
            app.app.choose(Tab.SONGS)
            app.model<SongsModel>().state.until { it.band?.name == "High Flying" }
            assertNull(app.kept["welcome.email"])
        }

    @Test
    fun `who has a band is not asked how to start`() = played { world, app ->
        app.signIn("eric", world)
        app.core().waitForFirstSync()
        app.songs(world)
        assertEquals(SongsPlace, (app.app.state.value as Shown.Inside).screen.place)
    }

    @Test
    fun `a code by e-mail opens, a wrong one is told in words`() = played { world, app ->
        val welcome = app.welcome()
        welcome.choose(Way.CODE)
        welcome.email(" $eric ")
        welcome.goOn()
        assertFalse(welcome.state.until { it.asksForCode && !it.isBusy }.canGoOn)
        welcome.code("000000")
        welcome.goOn()
        assertTrue(welcome.state.until { it.failure != null }.asksForCode)
        welcome.code(world.code(eric))
        welcome.goOn()
        app.songs(world)
    }

    @Test
    fun `no account is made by a code alone, it would have no name`() = played { _, app ->
        val welcome = app.welcome()
        welcome.choose(Way.CODE)
        welcome.email("nobody@rock-on.test")
        welcome.goOn()
        assertFalse(welcome.state.until { it.failure != null }.isSent)
    }

    @Test
    fun `a forgotten password is replaced, the new one opens, and neither it nor the code is kept`() = runBlocking<Unit> {
        val held = HashMap<String, String>()
        ScenarioServer.world().use { world ->
            TestApp(TestDevice(Server(world.url, world.anonKey)), MemoryKept(held)).use { app ->
                val welcome = app.welcome()
                welcome.choose(Way.RESET)
                welcome.email(eric)
                welcome.goOn()
                welcome.state.until { it.asksForCode && !it.isBusy }
                val code = world.code(eric)
                welcome.code(code)
                welcome.goOn()
                val line = app.model<LineModel>()
                assertEquals(Line.NEW_PASSWORD, line.state.value.line)
                line.type("a better one, 2026")
                assertTrue("new-password" in held.values.joinToString())
                assertFalse(held.values.any { code in it || "a better one" in it })
                line.perform()
                app.app.state.until { (it as? Shown.Inside)?.screen?.model !is LineModel }
                TestApp.of(world).use { other -> other.core().signIn(eric, Secret("a better one, 2026")) }
            }
        }
    }

    @Test
    fun `a new account that must be confirmed is told so, and its password is asked for again`() = played { world, app ->
        val real = app.core()
        val core = object : RockOn by real {
            override suspend fun signUp(email: String, password: Secret, name: String) = SignUp.ConfirmEmail
        }
        val kept = MemoryKept()
        val at = Entrance(Server(world.url, world.anonKey), core, Accounts.None, null, false, {}, {})
        val welcome = WelcomeModel(at, kept, mainScope())
        welcome.choose(Way.SIGN_UP)
        welcome.name("Max")
        welcome.email("max@rock-on.test")
        welcome.password("rock-on-2026")
        welcome.goOn()
        val told = welcome.state.until { it.isSent && !it.isBusy }
        assertEquals(Triple(Way.PASSWORD, "", "max@rock-on.test"), Triple(told.way, told.password, told.email))
        val after = WelcomeModel(at, kept, mainScope()).state.value
        assertEquals(told, after.copy(name = told.name))
    }

    @Test
    fun `the process ends while one looks for the code, and nothing but secrets is lost`() = played { _, app ->
        val welcome = app.welcome()
        welcome.password("not kept")
        welcome.choose(Way.CODE)
        welcome.email(eric)
        welcome.goOn()
        welcome.state.until { it.asksForCode && !it.isBusy }
        welcome.code("123456")
        app.client.close()
        TestApp(app.device, app.kept).use { again ->
            val state = again.welcome().state.value
            assertEquals(Triple(true, eric, ""), Triple(state.asksForCode, state.email, state.code))
        }
    }

    @Test
    fun `services are offered where the phone has them`() = played { world, app ->
        val (token, nonce) = world.identityToken(mapOf("provider" to "google", "email" to eric))
        assertEquals(
            emptyList(),
            app
                .welcome()
                .state.value.providers,
        )
        app.device.accounts = object : Accounts {
            override val offered = listOf(IdProvider.GOOGLE)

            override suspend fun token(of: IdProvider) = IdToken(Secret(token), Secret(nonce))
        }
        app.app.open()
        val welcome = app.app.state.awaited { shown ->
            (shown as? Shown.Outside)?.model?.takeIf {
                it.state.value.providers
                    .isNotEmpty()
            }
        }
        welcome.signInBy(IdProvider.GOOGLE)
        app.songs(world)
    }

    @Test
    fun `without a network the first sign-in is told why, and works when there is one`() = played { world, app ->
        val welcome = app.welcome()
        world.play("""{"server": "stop", "service": "gateway"}""")
        welcome.email(eric)
        welcome.password(world.password)
        welcome.goOn()
        assertEquals(world.password, welcome.state.until { it.failure != null }.password)
        world.play("""{"server": "start", "service": "gateway"}""")
        welcome.goOn()
        app.songs(world)
    }

    @Test
    fun `a link into a band waits until somebody is signed in, over the end of the process too`() = played { world, app ->
        val link = TestApp.of(world).use { "rockon://join/${it.invite(world)}" }
        app.app.follow(checkNotNull(parseLink(link)))
        app.welcome().state.until { it.hasLink }
        app.client.close()
        TestApp(app.device, app.kept).use { again ->
            assertTrue(
                again
                    .welcome()
                    .state.value.hasLink,
            )
            again.signUp("Max")
            val line = again.model<LineModel>()
            assertEquals(link.substringAfterLast('/'), line.state.value.text)
            again.core().waitForFirstSync()
            assertEquals(emptyList(), again.core().bands().first())
            line.perform()
            again.app.state.until { (it as? Shown.Inside)?.screen?.model !is LineModel }
            again.app.choose(Tab.SONGS)
            again.model<SongsModel>().state.until { it.band?.id == world.band }
        }
    }

    @Test
    fun `a link into a band asks first where somebody is signed in`() = played { world, app ->
        val code = TestApp.of(world).use { it.invite(world) }
        app.signUp("Max")
        app.at(StartPlace)
        app.app.follow(checkNotNull(parseLink("rockon://join/$code")))
        app.at(JoinPlace(code))
        val line = app.model<LineModel>()
        assertEquals(Line.JOIN to code, line.state.value.line to line.state.value.text)
        assertTrue(app.core().syncOnce(PATIENCE).complete)
        assertEquals(emptyList(), app.core().bands().first())
        line.perform()
        app.core().bands().told { bands -> bands.any { it.id == world.band } }
    }

    @Test
    fun `the server of a link is used only when the person says so`() = played { world, app ->
        app.signIn("eric", world)
        val other = "rockon://server?url=http%3A%2F%2F127.0.0.1%3A9&key=sb_publishable_1"
        app.app.follow(checkNotNull(parseLink(other)))
        app.app.answer(false)
        assertEquals(world.url to null, app.client.server?.url to app.app.offered.value)
        assertTrue(
            app
                .core()
                .status.value.session is SessionState.SignedIn,
        )
        app.app.follow(checkNotNull(parseLink(other)))
        app.app.answer(true)
        app.app.state.until { shown -> shown is Shown.Outside && shown.model.state.value.server == "127.0.0.1:9" }
        assertTrue(
            app
                .core()
                .status.value.session is SessionState.SignedOut,
        )
    }

    @Test
    fun `what is no link to a server is told so`() = runBlocking {
        TestApp(TestDevice(null)).use { app ->
            val welcome = app.welcome()
            assertTrue(welcome.state.value.asksForLink)
            welcome.link("https://wonderwalls.example")
            welcome.useLink()
            assertTrue(welcome.state.value.isLinkWrong)
            assertEquals("https://wonderwalls.example", welcome.state.value.link)
        }
    }
}
