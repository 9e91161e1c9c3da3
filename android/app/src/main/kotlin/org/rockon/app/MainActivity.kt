package org.rockon.app

import android.content.Intent
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.runtime.getValue
import androidx.compose.ui.text.intl.Locale
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.languageOf
import org.rockon.ui.AppView
import org.rockon.ui.DeepLink
import org.rockon.ui.Shown
import org.rockon.ui.theme.RockOnTheme

/** The window. What it shows outlives a rotation in [AppHolder], and the end of the process in its saved state. */
class MainActivity : ComponentActivity() {
    private val holder: AppHolder by viewModels { AppHolder.Factory }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        val app = holder.app
        // A link is followed once: not again when the window is made a second time.
        if (savedInstanceState == null) follow(intent)
        setContent {
            val shown by app.state.collectAsStateWithLifecycle()
            BackHandler((shown as? Shown.Inside)?.canGoBack == true, app::systemBack)
            RockOnTheme(language = languageOf(Locale.current.toLanguageTag())) { AppView(app) }
        }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        follow(intent)
    }

    private fun follow(intent: Intent) {
        if (intent.action != Intent.ACTION_VIEW) return
        intent.dataString?.let(DeepLink::parse)?.let(holder.app::follow)
    }
}
