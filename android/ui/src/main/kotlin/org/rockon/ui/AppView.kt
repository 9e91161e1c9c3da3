package org.rockon.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.Button
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.text
import org.rockon.ui.editor.EditorScreen
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.song.SongScreen
import org.rockon.ui.songs.SongsScreen
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.welcome.WelcomeScreen

/** The whole app. */
@Composable
fun AppView(
    app: AppModel,
    modifier: Modifier = Modifier,
) {
    val shown by app.state.collectAsStateWithLifecycle()
    val language = LocalTexts.current.language
    LaunchedEffect(app, language) { app.speak(language) }
    Box(modifier.fillMaxSize()) {
        when (val now = shown) {
            is Shown.Opening -> Unit
            is Shown.Broken -> Broken(now, app::open)
            is Shown.Outside -> WelcomeScreen(now.model)
            is Shown.Inside -> Inside(now) { app.to(Place.SignInAgain) }
        }
    }
}

@Composable
private fun Broken(
    shown: Shown.Broken,
    onTry: () -> Unit,
) {
    val texts = LocalTexts.current
    EmptyMessage(shown.failure.text(texts.language), null) { Button(onTry) { Text(texts.app.tryAgain) } }
}

/** Where a list was scrolled to is remembered by its place, while one is in a song of it. */
@Composable
private fun Inside(
    shown: Shown.Inside,
    onSignIn: () -> Unit,
) {
    rememberSaveableStateHolder().SaveableStateProvider(shown.screen.place.code) {
        when (val screen = shown.screen) {
            is Screen.Songs -> SongsScreen(screen.model, shown.strip, onSignIn)
            is Screen.OneSong -> SongScreen(screen.model, shown.strip, onSignIn)
            is Screen.Edit -> EditorScreen(screen.model)
            is Screen.SignIn -> WelcomeScreen(screen.model)
        }
    }
}
