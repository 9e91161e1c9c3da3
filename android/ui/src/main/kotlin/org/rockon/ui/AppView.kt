package org.rockon.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.consumeWindowInsets
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Snackbar
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.ui.parts.LocalDialogs
import org.rockon.ui.parts.Question
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing
import org.rockon.ui.welcome.WelcomeView
import org.rockon.ui.welcome.host

/** The whole app. */
@Composable
fun AppView(app: AppModel, modifier: Modifier = Modifier) {
    val shown by app.state.collectAsStateWithLifecycle()
    val language = LocalTexts.current.language
    LaunchedEffect(app, language) { app.speak(language) }
    CompositionLocalProvider(LocalDialogs provides app::ask) {
        Box(modifier.fillMaxSize()) { Everything(shown, app) }
        OfferedServer(app)
    }
}

@Composable
private fun Everything(shown: Shown, app: AppModel) {
    when (shown) {
        is Shown.Opening -> Unit

        is Shown.Broken -> BrokenView(shown.failure, app)

        is Shown.Outside -> {
            val state by shown.model.state.collectAsStateWithLifecycle()
            WelcomeView(state, shown.model)
        }

        is Shown.Inside -> Inside(shown, app)
    }
}

/** The server of a link would see everything that is typed: it is asked about, over whatever is on screen. */
@Composable
private fun OfferedServer(app: AppModel) {
    val server by app.offered.collectAsStateWithLifecycle()
    val texts = LocalTexts.current
    server?.let {
        val hint = "${texts.welcome.serverUseHint(it.host)} ${texts.welcome.serverSignsOut}"
        Question(texts.welcome.serverUse, hint, texts.app.next, { app.answer(true) }, { app.answer(false) })
    }
}

/** Where a list was scrolled to is remembered by its place, while one is in a song of it. */
@Composable
private fun Inside(shown: Shown.Inside, app: AppModel) {
    val badges by app.badges.collectAsStateWithLifecycle()
    val bar by app.bar.collectAsStateWithLifecycle()
    val banner by app.banner.collectAsStateWithLifecycle()
    Scaffold(
        bottomBar = { if (!shown.screen.isQuiet) TabBar(shown.tab, badges, app::choose) },
        snackbarHost = { bar?.let { FootBar(it, app::undo) } },
        contentWindowInsets = WindowInsets(),
    ) { padding ->
        Box(Modifier.padding(padding).consumeWindowInsets(padding)) {
            rememberSaveableStateHolder().SaveableStateProvider(shown.screen.place.code) {
                shown.screen.draw(Frame(shown.strip, app::followStrip))
            }
            banner?.let { BannerView(it, app::followBanner, app::closeBanner, Modifier.align(Alignment.TopCenter)) }
        }
    }
}

/** What was just done, and the way back. */
@Composable
internal fun FootBar(bar: Bar, onUndo: () -> Unit, modifier: Modifier = Modifier) {
    val colours = LocalColours.current
    Snackbar(
        modifier.padding(Spacing.medium).semantics { liveRegion = LiveRegionMode.Polite },
        action = {
            if (bar.undo != null) TextButton(onUndo) { Text(LocalTexts.current.app.undo, color = colours.accent) }
        },
        containerColor = colours.surfaceHigh,
        contentColor = colours.text,
    ) { Text(bar.words(LocalTexts.current)) }
}
