package org.rockon.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** The mark of what is new to this member. */
@Composable
fun UnreadDot(modifier: Modifier = Modifier) {
    val name = LocalTexts.current.app.unread
    Box(
        modifier
            .size(Sizes.dot)
            .background(LocalColours.current.unread, CircleShape)
            .semantics { contentDescription = name },
    )
}

/** The mark of what is on this phone only. */
@Composable
fun UnsentMark(modifier: Modifier = Modifier) {
    Icon(Icons.up, LocalTexts.current.app.unsent, modifier.size(18.dp), tint = LocalColours.current.textQuiet)
}

/** A sign that can be touched. */
@Composable
fun SignButton(sign: ImageVector, name: String, onClick: () -> Unit, modifier: Modifier = Modifier) {
    IconButton(onClick, modifier.size(Sizes.touch)) { Icon(sign, name, Modifier.size(Sizes.icon)) }
}

/** The one thing to do on a screen. What cannot be done yet can still be read. */
@Composable
fun MainButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    isEnabled: Boolean = true,
    isDanger: Boolean = false,
) {
    val colours = LocalColours.current
    Button(
        onClick,
        modifier,
        enabled = isEnabled,
        colors = ButtonDefaults.buttonColors(
            containerColor = if (isDanger) colours.dangerGround else Color.Unspecified,
            contentColor = if (isDanger) colours.onDangerGround else Color.Unspecified,
            disabledContainerColor = colours.line,
            disabledContentColor = colours.textQuiet,
        ),
    ) {
        Text(text)
    }
}

/** The same over the whole width. */
@Composable
fun WideButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    isEnabled: Boolean = true,
    isDanger: Boolean = false,
) = MainButton(text, onClick, modifier.fillMaxWidth().heightIn(min = 52.dp), isEnabled, isDanger)

/** A list with nothing in it: because it is still on its way, or why else, and what to do. */
@Composable
fun EmptyList(strip: Strip?, title: String, help: String?, modifier: Modifier = Modifier, below: @Composable () -> Unit = {}) {
    val texts = LocalTexts.current
    if (strip?.filling == null) return EmptyMessage(title, help, modifier, below)
    val state = if (strip.word == StripWord.FIRST_SYNC) strip.filled(texts) else texts.status.neverSynced
    EmptyMessage(state, texts.app.firstSyncHint, modifier)
}

/** Nothing is here: why, and what to do. */
@Composable
fun EmptyMessage(title: String, help: String?, modifier: Modifier = Modifier, below: @Composable () -> Unit = {}) {
    Column(
        modifier.fillMaxSize().padding(Spacing.huge),
        verticalArrangement = Arrangement.spacedBy(Spacing.medium, Alignment.CenterVertically),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        Text(title, style = MaterialTheme.typography.titleLarge, textAlign = TextAlign.Center)
        help?.let {
            Text(
                it,
                Modifier.widthIn(max = 320.dp),
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodyLarge,
                textAlign = TextAlign.Center,
            )
        }
        below()
    }
}
