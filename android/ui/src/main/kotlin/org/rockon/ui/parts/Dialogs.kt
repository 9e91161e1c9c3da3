package org.rockon.ui.parts

import androidx.compose.foundation.layout.RowScope
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts

/** Where a dialog says that it is there, and that it is gone: nothing comes over it meanwhile. */
internal val LocalDialogs = staticCompositionLocalOf<(Boolean) -> Unit> { {} }

/** Asks before something that cannot be taken back. [yes] says what is done then. */
@Composable
fun Question(
    title: String,
    text: String,
    yes: String,
    onYes: () -> Unit,
    onNo: () -> Unit,
    modifier: Modifier = Modifier,
    no: String = LocalTexts.current.app.cancel,
) {
    val tell = LocalDialogs.current
    DisposableEffect(tell) {
        tell(true)
        onDispose { tell(false) }
    }
    AlertDialog(
        onDismissRequest = onNo,
        modifier = modifier,
        confirmButton = { TextButton(onYes) { Text(yes, color = LocalColours.current.danger) } },
        dismissButton = { TextButton(onNo) { Text(no) } },
        title = { Text(title) },
        text = { Text(text) },
    )
}

/** Leaving would lose what was typed. */
@Composable
internal fun DiscardQuestion(onDiscard: () -> Unit, onStay: () -> Unit) {
    val texts = LocalTexts.current.editor
    Question(texts.unsaved, texts.unsavedHint, texts.discard, onDiscard, onStay, no = texts.keepEditing)
}

/** The bar of a screen: its name, and the way back or out of it where one came to it from another. */
@Composable
fun BackBar(
    title: String,
    onBack: (() -> Unit)?,
    modifier: Modifier = Modifier,
    sign: ImageVector = Icons.back,
    actions: @Composable RowScope.() -> Unit = {},
) {
    val texts = LocalTexts.current.app
    HeadBar(
        { Text(title, Modifier.semantics { heading() }, maxLines = 1, overflow = TextOverflow.Ellipsis) },
        modifier,
        { onBack?.let { SignButton(sign, if (sign == Icons.back) texts.back else texts.close, it) } },
        actions,
    )
}

/** A bar at the head of a screen. */
@Composable
internal fun HeadBar(
    title: @Composable () -> Unit,
    modifier: Modifier = Modifier,
    away: @Composable () -> Unit = {},
    actions: @Composable RowScope.() -> Unit = {},
) = TopAppBar(
    title,
    modifier,
    away,
    actions,
    colors = TopAppBarDefaults.topAppBarColors(containerColor = LocalColours.current.background),
)

/** What could not be done, and what to do: said at once to who cannot see it. */
@Composable
fun FailureText(text: String, modifier: Modifier = Modifier) {
    Text(
        text,
        modifier.semantics { liveRegion = LiveRegionMode.Assertive },
        color = LocalColours.current.danger,
        style = MaterialTheme.typography.bodyMedium,
    )
}
