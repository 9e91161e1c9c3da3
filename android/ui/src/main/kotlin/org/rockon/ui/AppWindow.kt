package org.rockon.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.intl.Locale
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.languageOf
import org.rockon.ui.theme.RockOnTheme

/** The app in the look and the language that were chosen for it. */
@Composable
fun AppWindow(app: AppModel, modifier: Modifier = Modifier) {
    val choices by app.choices.collectAsStateWithLifecycle()
    RockOnTheme(
        look = choices.look,
        language = choices.language ?: languageOf(Locale.current.toLanguageTag()),
    ) { AppView(app, modifier) }
}
