package org.rockon.app

import android.content.Context
import android.content.Intent
import android.graphics.Color
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.SystemBarStyle
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.parseLink
import org.rockon.ui.AppModel
import org.rockon.ui.AppWindow
import org.rockon.ui.Shown
import org.rockon.ui.notices.Goal
import org.rockon.ui.theme.isLight

/** The window. What it shows outlives a rotation in [AppHolder], and the end of the process in its saved state. */
class MainActivity : ComponentActivity() {
    private val holder: AppHolder by viewModels { AppHolder.Factory }

    internal val app: AppModel get() = holder.app

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        // A link is followed once: not again when the window is made a second time.
        if (savedInstanceState == null) follow(intent)
        setContent {
            val shown by app.state.collectAsStateWithLifecycle()
            BackHandler((shown as? Shown.Inside)?.canGoBack == true, app::systemBack)
            val choices by app.choices.collectAsStateWithLifecycle()
            val isLight = choices.look.isLight()
            LaunchedEffect(isLight) { bars(isLight) }
            AppWindow(app)
        }
    }

    /** The system's own signs at the edges, dark on what is light. */
    private fun bars(isLight: Boolean) {
        val style =
            if (isLight) {
                SystemBarStyle.light(Color.TRANSPARENT, Color.TRANSPARENT)
            } else {
                SystemBarStyle.dark(Color.TRANSPARENT)
            }
        enableEdgeToEdge(style, style)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        follow(intent)
    }

    private fun follow(intent: Intent) {
        goal(intent)?.let(app::look)
        if (intent.action != Intent.ACTION_VIEW) return
        intent.dataString?.let { parseLink(it) }?.let(app::follow)
    }

    companion object {
        private const val GOAL = "org.rockon.goal"

        /** What a notification opens. */
        fun intent(context: Context, goal: Goal): Intent = Intent(context, MainActivity::class.java)
            .setFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_SINGLE_TOP)
            .putExtra(GOAL, goal.code)

        private fun goal(intent: Intent): Goal? = intent.getStringExtra(GOAL)?.let(Goal::of)
    }
}
