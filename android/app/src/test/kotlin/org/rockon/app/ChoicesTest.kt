package org.rockon.app

import android.content.Intent
import android.net.Uri
import androidx.activity.ComponentActivity
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performScrollTo
import androidx.core.view.WindowCompat
import androidx.test.core.app.ActivityScenario
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowToast
import org.rockon.Language
import org.rockon.ui.settings.SettingsPlace
import org.rockon.ui.texts.Texts
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.OutputStream
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** Choices in the window, and the system's dialog for a file. */
@RunWith(RobolectricTestRunner::class)
class ChoicesTest {
    @get:Rule(order = 0)
    internal val server = OnServer()

    @get:Rule(order = 1)
    val rule = createEmptyComposeRule()

    private val german = Texts(Language.GERMAN)

    @Test
    fun `look and language change at once, and are there when the app begins again`() {
        ActivityScenario.launch(MainActivity::class.java).use { window ->
            rule.signIn(server)
            window.onActivity { it.app.to(SettingsPlace) }
            rule.tap(texts.settings.themeLight)
            window.onActivity { assertTrue(it.hasDarkSigns()) }
            rule.onNodeWithText(texts.settings.languageGerman).performScrollTo()
            rule.tap(texts.settings.languageGerman)
            rule.await(german.settings.title)
            rule.onNodeWithText(german.settings.title).assertIsDisplayed()
            assertEquals(Language.GERMAN, server.app.client.language)
        }
        val kept = AndroidPreferences(server.app)
        assertEquals("LIGHT" to "GERMAN", kept["look"] to kept["language"])
    }

    private fun ComponentActivity.hasDarkSigns(): Boolean {
        rule.waitForIdle()
        return WindowCompat.getInsetsController(window, window.decorView).isAppearanceLightStatusBars
    }

    private val place = Uri.parse("content://place/songs.csv")

    /** A file is to be saved, and the person has chosen where, or not. */
    private fun saved(to: OutputStream?, chosen: Uri?) {
        AndroidOutside(server.app).save("songs.csv", "text/csv", "title\nAcquiesce\n")
        if (to != null) shadowOf(server.app.contentResolver).registerOutputStreamSupplier(place) { to }
        val window = Robolectric.buildActivity(SaveActivity::class.java, shadowOf(server.app).nextStartedActivity).setup()
        val asked = shadowOf(window.get()).nextStartedActivityForResult
        assertEquals(Intent.ACTION_CREATE_DOCUMENT to "text/csv", asked.intent.action to asked.intent.type)
        assertEquals("songs.csv", asked.intent.getStringExtra(Intent.EXTRA_TITLE))
        shadowOf(window.get()).receiveResult(asked.intent, if (chosen == null) 0 else -1, Intent().setData(chosen))
        assertTrue(window.get().isFinishing)
    }

    @Test
    fun `an exported file lands where the person says`() {
        val written = ByteArrayOutputStream()
        saved(written, place)
        assertEquals("title\nAcquiesce\n", written.toString())
        assertFalse(
            server.app.cacheDir
                .resolve("to-save")
                .exists(),
        )
    }

    @Test
    fun `a dialog that is left writes nothing`() {
        saved(null, null)
        assertEquals(0, ShadowToast.shownToastCount())
    }

    @Test
    fun `a place that takes nothing is told`() {
        val full = object : OutputStream() {
            override fun write(byte: Int) = throw IOException("no space")
        }
        saved(full, place)
        assertEquals(texts.settings.exportFailed, ShadowToast.getTextOfLatestToast())
    }
}
