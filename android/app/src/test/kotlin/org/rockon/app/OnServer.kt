package org.rockon.app

import androidx.compose.ui.test.ComposeTimeoutException
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.printToString
import androidx.test.core.app.ApplicationProvider
import androidx.work.Configuration
import androidx.work.testing.SynchronousExecutor
import androidx.work.testing.WorkManagerTestInitHelper
import kotlinx.coroutines.runBlocking
import org.junit.rules.ExternalResource
import org.rockon.Secret
import org.rockon.server.PATIENCE
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.ui.device.Server
import org.rockon.ui.texts.Language
import org.rockon.ui.texts.Texts

/** The app with a server of its own: a world of the scenario server, the real core, and keys in memory. */
internal class OnServer : ExternalResource() {
    lateinit var world: World
        private set

    val app: App get() = ApplicationProvider.getApplicationContext()

    override fun before() {
        FakeKeyStore.install()
        val configuration = Configuration.Builder().setExecutor(SynchronousExecutor()).build()
        WorkManagerTestInitHelper.initializeTestWorkManager(app, configuration)
        world = ScenarioServer.world()
        AndroidServers(app).write(Server(world.url, world.anonKey))
    }

    override fun after() {
        runBlocking { app.client.close() }
        world.close()
    }

    suspend fun core() = app.client.open(checkNotNull(app.client.server))

    suspend fun signIn(member: String = "eric") = core().signIn("$member@rock-on.test", Secret(world.password))
}

/** What the app says on a phone in English. */
internal val texts = Texts(Language.ENGLISH)

/** Waits until something is there; says what is there instead. */
internal fun ComposeTestRule.await(matcher: SemanticsMatcher) = try {
    waitUntil(PATIENCE.inWholeMilliseconds) { onAllNodes(matcher).fetchSemanticsNodes().isNotEmpty() }
} catch (late: ComposeTimeoutException) {
    throw AssertionError("no ${matcher.description}, but:\n${onRoot().printToString()}", late)
}

internal fun ComposeTestRule.await(text: String) = await(hasText(text))

internal fun ComposeTestRule.tap(text: String) {
    await(text)
    onNodeWithText(text).performClick()
}

/** From the first screen to the list, as a person does it. */
internal fun ComposeTestRule.signIn(server: OnServer) {
    await(texts.welcome.email)
    onNode(hasText(texts.welcome.email) and hasSetTextAction()).performTextInput("eric@rock-on.test")
    onNode(hasText(texts.welcome.password) and hasSetTextAction()).performTextInput(server.world.password)
    onNodeWithText(texts.welcome.signIn).performClick()
    tap(texts.app.tabSongs)
    await("Acquiesce")
}
