package org.rockon.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.SwipeToDismissBox
import androidx.compose.material3.Text
import androidx.compose.material3.rememberSwipeToDismissBoxState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.rockon.ui.notices.News
import org.rockon.ui.parts.SignButton
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** Lines of a batch that a glance takes in. */
private const val GLANCE = 3

/** What just came, over the head of the screen. It is swiped away, or closed where there is no swiping. */
@Composable
fun BannerView(news: News, onFollow: () -> Unit, onClose: () -> Unit, modifier: Modifier = Modifier) {
    val colours = LocalColours.current
    key(news.id) {
        SwipeToDismissBox(
            rememberSwipeToDismissBoxState(),
            backgroundContent = {},
            modifier.statusBarsPadding().padding(Spacing.medium).widthIn(max = Sizes.readable),
            onDismiss = { onClose() },
        ) {
            Surface(
                onFollow,
                Modifier.fillMaxWidth().semantics { liveRegion = LiveRegionMode.Polite },
                shape = RoundedCornerShape(Sizes.corner),
                color = colours.surfaceHigh,
                contentColor = colours.text,
                shadowElevation = 6.dp,
                border = BorderStroke(1.dp, colours.outline),
            ) { Told(news.lines, onClose) }
        }
    }
}

@Composable
private fun Told(lines: List<String>, onClose: () -> Unit) {
    Row(
        Modifier.padding(start = Spacing.large, top = Spacing.medium, bottom = Spacing.medium, end = Spacing.small),
        Arrangement.spacedBy(Spacing.large),
        Alignment.CenterVertically,
    ) {
        Icon(Icons.notices, contentDescription = null, tint = LocalColours.current.accent)
        Text(
            lines.take(GLANCE).joinToString("\n"),
            Modifier.weight(1f),
            style = MaterialTheme.typography.bodyLarge,
            maxLines = GLANCE + 1,
            overflow = TextOverflow.Ellipsis,
        )
        SignButton(Icons.close, LocalTexts.current.app.close, onClose)
    }
}
