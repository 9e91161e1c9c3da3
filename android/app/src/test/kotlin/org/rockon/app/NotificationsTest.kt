package org.rockon.app

import android.Manifest.permission.POST_NOTIFICATIONS
import android.app.ActivityManager
import android.app.Notification
import android.app.NotificationManager
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.core.content.getSystemService
import androidx.test.core.app.ActivityScenario
import androidx.work.ListenableWorker.Result
import androidx.work.testing.TestListenableWorkerBuilder
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.rockon.MemorySecrets
import org.rockon.RockOn
import org.rockon.RockOnConfig
import org.rockon.Secret
import org.rockon.server.PATIENCE
import org.rockon.song
import org.rockon.ui.device.Allowed.Answer
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What the system tells while the app is not on screen. */
@RunWith(RobolectricTestRunner::class)
class NotificationsTest {
    @get:Rule(order = 0)
    internal val server = OnServer()

    @get:Rule(order = 1)
    val rule = createEmptyComposeRule()

    @get:Rule
    val files = TemporaryFolder()

    private val system: NotificationManager get() = checkNotNull(server.app.getSystemService())

    private val shown: List<Notification> get() = shadowOf(system).allNotifications

    private val Notification.words: String get() = extras.getCharSequence(Notification.EXTRA_TEXT).toString()

    private fun allow() = shadowOf(server.app).grantPermissions(POST_NOTIFICATIONS)

    private suspend fun sync() =
        assertEquals(Result.success(), TestListenableWorkerBuilder<SyncWork>(server.app).build().doWork())

    /** Sam's phone does something, and the server has it. */
    private suspend fun sam(act: suspend RockOn.() -> Unit) {
        val config = RockOnConfig(server.world.url, Secret(server.world.anonKey), files.newFolder("sam").toPath())
        val other = RockOn.open(config, MemorySecrets())
        try {
            other.signIn("sam@rock-on.test", Secret(server.world.password))
            other.setForeground(true)
            other.setNetwork(true)
            other.waitForFirstSync()
            other.act()
            assertTrue(other.syncOnce(PATIENCE).complete)
        } finally {
            other.shutdown()
        }
    }

    private suspend fun RockOn.acquiesce() = songs(search = "Acquiesce").first { it.isNotEmpty() }.first().id

    /** Eric has everything and puts the phone away. */
    private suspend fun away(): RockOn {
        server.signIn()
        sync()
        assertEquals(emptyList(), shown, "a first sync is no news")
        return server.core()
    }

    @Test
    fun `what others did is told once for a batch, and a tap leads there`() = runBlocking<Unit> {
        allow()
        away()
        sam { change(acquiesce(), song { key = "F#"; notes = "Nobody sees this on a locked phone" }) }
        sync()
        val told = shown.single()
        assertEquals(AndroidNotifications.BAND, told.channelId)
        assertEquals("The Wonderwalls", told.extras.getCharSequence(Notification.EXTRA_TITLE))
        assertTrue("Sam" in told.words && "Acquiesce" in told.words, told.words)
        assertTrue("Nobody" !in told.words, told.words)
        sync()
        assertEquals(1, shown.size, "the same is not told twice")
        val channels = system.notificationChannels.associate { it.id to it.name }
        assertEquals(texts.system.channelBand, channels[AndroidNotifications.BAND])
        assertEquals(texts.system.channelWaiting, channels[AndroidNotifications.WAITING])
        val tap = shadowOf(told.contentIntent).savedIntent
        ActivityScenario.launch<MainActivity>(tap).use {
            rule.await("Acquiesce")
            rule.await("F#")
            withTimeout(PATIENCE) { server.core().unseenNotices().first { it == 0 } }
            rule.waitUntil(PATIENCE.inWholeMilliseconds) { shown.isEmpty() }
        }
    }

    @Test
    fun `what waits for a choice has a channel of its own`() = runBlocking<Unit> {
        allow()
        val core = away()
        val id = core.acquiesce()
        core.change(id, song { key = "C#" })
        sam { change(acquiesce(), song { key = "D" }) }
        sync()
        val told = shown.single { it.channelId == AndroidNotifications.WAITING }
        assertTrue("Acquiesce" in told.words, told.words)
        ActivityScenario.launch<MainActivity>(shadowOf(told.contentIntent).savedIntent).use {
            rule.tap(texts.conflict.takeMine)
            withTimeout(PATIENCE) { server.core().conflicts().first { it.isEmpty() } }
        }
    }

    @Test
    fun `nothing is told without leave, and the app says so`() = runBlocking<Unit> {
        away()
        sam { change(acquiesce(), song { key = "F#" }) }
        sync()
        assertEquals(emptyList(), shown)
        assertEquals(Answer.UNASKED, server.app.device.notifications.allowed.value.answer)
        ActivityScenario.launch(MainActivity::class.java).use {
            rule.tap(texts.app.tabNotices)
            rule.await(texts.notices.permission)
            rule.onNodeWithText(texts.notices.permissionAllow).performClick()
            rule.await(texts.notices.permissionRefused)
        }
    }

    @Test
    fun `who keeps the app from the background is told what that means`() {
        allow()
        runBlocking { server.signIn() }
        shadowOf(checkNotNull(server.app.getSystemService<ActivityManager>())).setBackgroundRestricted(true)
        ActivityScenario.launch(MainActivity::class.java).use {
            rule.tap(texts.app.tabNotices)
            rule.await(texts.notices.backgroundOff)
        }
    }
}
