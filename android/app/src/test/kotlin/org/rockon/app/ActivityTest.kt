package org.rockon.app

import android.content.Intent
import android.content.pm.PackageManager
import android.content.res.Configuration
import android.net.Uri
import android.os.Bundle
import android.os.Parcel
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertTextContains
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextClearance
import androidx.compose.ui.test.performTextInput
import androidx.test.core.app.ActivityScenario
import kotlinx.coroutines.runBlocking
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The window on Android: what a person does, and what the system does to it meanwhile. */
@RunWith(RobolectricTestRunner::class)
class ActivityTest {
    @get:Rule(order = 0)
    internal val server = OnServer()

    @get:Rule(order = 1)
    val rule = createEmptyComposeRule()

    private fun ActivityScenario<MainActivity>.back() = onActivity { it.onBackPressedDispatcher.onBackPressed() }

    @Test
    fun `from signing in to an edited song, and back one thing at a time`() {
        ActivityScenario.launch(MainActivity::class.java).use { window ->
            rule.signIn(server)
            rule.tap("Acquiesce")
            rule.await(hasText("Oasis"))
            rule.onNodeWithContentDescription(texts.app.edit).performClick()
            rule.await(hasTestTag("key"))
            rule.onNodeWithTag("key").performTextClearance()
            rule.onNodeWithTag("key").performTextInput("F#")
            rule.onNodeWithText(texts.app.save).performClick()
            // The editor has the same text: only the song can be edited.
            rule.await(hasContentDescription(texts.app.edit))
            rule.await("F#")
            rule.onNodeWithText("F#").assertIsDisplayed()
            window.back()
            rule.await("The Wonderwalls")
            window.back()
            rule.await("The Crown, two sets")
            window.back()
            window.onActivity { assertTrue(it.isFinishing) }
        }
    }

    @Test
    fun `a rotation keeps what was typed, and back asks before it is lost`() {
        ActivityScenario.launch(MainActivity::class.java).use { window ->
            rule.signIn(server)
            rule.onNodeWithContentDescription(texts.songs.add).performClick()
            rule.await(hasTestTag("title"))
            rule.onNodeWithTag("title").performTextInput("Half a so")
            RuntimeEnvironment.setQualifiers("+land")
            window.recreate()
            window.onActivity { assertEquals(Configuration.ORIENTATION_LANDSCAPE, it.resources.configuration.orientation) }
            rule.onNodeWithTag("title").assertTextContains("Half a so")
            window.back()
            rule.tap(texts.editor.keepEditing)
            rule.onNodeWithTag("title").assertTextContains("Half a so")
            window.back()
            rule.tap(texts.editor.discard)
            rule.await("Acquiesce")
        }
    }

    @Test
    fun `the end of the process in the middle of an editor`() {
        runBlocking { server.signIn() }
        val first = Robolectric.buildActivity(MainActivity::class.java).setup()
        rule.tap(texts.app.tabSongs)
        rule.tap("Acquiesce")
        rule.await(hasText("Oasis"))
        rule.onNodeWithContentDescription(texts.app.edit).performClick()
        rule.await(hasTestTag("title"))
        rule.onNodeWithTag("title").performTextInput(" (half")
        rule.waitForIdle()
        val saved = Bundle()
        first.pause().stop().saveInstanceState(saved)
        val (size, read) = throughParcel(saved)
        first.destroy()
        runBlocking { server.app.client.close() }
        assertTrue(size < 20_000, "$size bytes are kept")
        Robolectric.buildActivity(MainActivity::class.java).setup(read)
        rule.await(hasTestTag("title"))
        rule.onNodeWithTag("title").assertTextContains("(half", substring = true)
    }

    @Test
    fun `a link to a server is followed when the person says so`() {
        val link = Uri.parse("rockon://server?url=${Uri.encode("http://127.0.0.1:9")}&key=sb_publishable_1")
        val intent = Intent(Intent.ACTION_VIEW, link).setClass(server.app, MainActivity::class.java)
        ActivityScenario.launch<MainActivity>(intent).use {
            rule.await("${texts.welcome.serverUseHint("127.0.0.1:9")} ${texts.welcome.serverSignsOut}")
            assertEquals(server.world.url, AndroidServers(server.app).read()?.url)
            rule.tap(texts.app.next)
            rule.await(texts.welcome.server("127.0.0.1:9"))
            assertEquals("http://127.0.0.1:9", AndroidServers(server.app).read()?.url)
        }
    }

    @Test
    fun `a link into a band waits for signing in, and shows its code`() {
        val intent = Intent(
            Intent.ACTION_VIEW,
            Uri.parse("rockon://join/ABCD-1234"),
        ).setClass(server.app, MainActivity::class.java)
        ActivityScenario.launch<MainActivity>(intent).use {
            rule.await(texts.welcome.linkWaits)
            runBlocking { server.signIn() }
            rule.await("ABCD-1234")
            rule.onNodeWithText(texts.welcome.joinNow).assertIsDisplayed()
            rule.onNodeWithContentDescription(texts.app.close).performClick()
            rule.await(texts.app.tabBand)
        }
    }

    @Test
    fun `the system opens the app for each of its links`() {
        for (link in listOf("rockon://server?url=a&key=b", "rockon://join/ABCD-1234", "rockon://setlist/1")) {
            val intent = Intent(Intent.ACTION_VIEW, Uri.parse(link)).addCategory(Intent.CATEGORY_BROWSABLE)
            val opened = server.app.packageManager.resolveActivity(intent, PackageManager.MATCH_DEFAULT_ONLY)
            assertEquals(MainActivity::class.java.name, opened?.activityInfo?.name, link)
        }
    }

    /** As the system does it: with nothing left of the process but bytes. */
    private fun throughParcel(saved: Bundle): Pair<Int, Bundle> {
        val parcel = Parcel.obtain()
        parcel.writeBundle(saved)
        val size = parcel.dataSize()
        parcel.setDataPosition(0)
        val read = checkNotNull(parcel.readBundle(MainActivity::class.java.classLoader))
        parcel.recycle()
        return size to read
    }
}
