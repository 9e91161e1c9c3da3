package org.rockon.app

import android.app.Activity
import android.content.Intent
import android.content.pm.ActivityInfo
import android.net.Uri
import android.view.WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON
import androidx.activity.ComponentActivity
import androidx.test.core.app.ApplicationProvider
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What is asked of the windows of the app, whichever of them is there. */
@RunWith(RobolectricTestRunner::class)
class WindowsTest {
    private val app: App get() = ApplicationProvider.getApplicationContext()

    private val Activity.isLit: Boolean get() = window.attributes.flags and FLAG_KEEP_SCREEN_ON != 0

    @Test
    fun `on stage each window stays lit and as it was turned, and afterwards none does`() {
        val stage = AndroidStage(app)
        val first = Robolectric.buildActivity(ComponentActivity::class.java).setup().get()
        assertFalse(first.isLit)
        stage.enter()
        stage.lockRotation(true)
        val second = Robolectric.buildActivity(ComponentActivity::class.java).setup().get()
        for (window in listOf(first, second)) {
            assertTrue(window.isLit)
            assertEquals(ActivityInfo.SCREEN_ORIENTATION_LOCKED, window.requestedOrientation)
        }
        stage.leave()
        for (window in listOf(first, second)) {
            assertFalse(window.isLit)
            assertEquals(ActivityInfo.SCREEN_ORIENTATION_UNSPECIFIED, window.requestedOrientation)
        }
    }

    @Test
    fun `a page is printed by the window that is there, once it is drawn`() {
        val jobs = ArrayList<Pair<Activity, String>>()
        val printer = AndroidPrinter(app) { window, name, _ -> jobs += window to name }
        printer.print("Nobody asks", "<p>Acquiesce</p>")
        assertNull(printer.page)
        val window = Robolectric.buildActivity(ComponentActivity::class.java).setup().get()
        printer.print("Town hall", "<p>Acquiesce</p>")
        val page = shadowOf(checkNotNull(printer.page))
        assertEquals("<p>Acquiesce</p>", page.lastLoadDataWithBaseURL.data)
        assertFalse(printer.page?.settings?.javaScriptEnabled == true)
        assertEquals(emptyList(), jobs)
        page.webViewClient.onPageFinished(printer.page, "about:blank")
        assertEquals(listOf<Pair<Activity, String>>(window to "Town hall"), jobs)
        assertNull(printer.page)
    }

    @Test
    fun `files are chosen by the system, and read with their names`() {
        val files = AndroidFiles(app)
        val window = Robolectric.buildActivity(ComponentActivity::class.java).setup().get()
        val chosen = CoroutineScope(Dispatchers.Unconfined).async { files.choose() }
        val asked = shadowOf(window).nextStartedActivityForResult.intent
        assertEquals(Intent.ACTION_OPEN_DOCUMENT, asked.action)
        val file = Uri.parse("content://files/songs.csv")
        shadowOf(app.contentResolver).registerInputStream(file, "title\nOne\n".byteInputStream())
        shadowOf(window).receiveResult(asked, Activity.RESULT_OK, Intent().setData(file))
        val read = runBlocking { chosen.await() }.single()
        assertEquals("songs.csv" to "title\nOne\n", read.name to read.bytes.decodeToString())
    }

    @Test
    fun `who changes their mind has chosen nothing`() {
        val files = AndroidFiles(app)
        val window = Robolectric.buildActivity(ComponentActivity::class.java).setup().get()
        val chosen = CoroutineScope(Dispatchers.Unconfined).async { files.choose() }
        shadowOf(window).receiveResult(shadowOf(window).nextStartedActivityForResult.intent, Activity.RESULT_CANCELED, null)
        assertEquals(emptyList(), runBlocking { chosen.await() })
    }
}
