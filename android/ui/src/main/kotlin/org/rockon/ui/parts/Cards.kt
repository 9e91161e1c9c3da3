package org.rockon.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** A ground with round corners. */
@Composable
internal fun Ground(
    modifier: Modifier = Modifier,
    between: Dp = 0.dp,
    colour: Color = LocalColours.current.surfaceHigh,
    content: @Composable ColumnScope.() -> Unit,
) {
    Column(
        modifier.background(colour, RoundedCornerShape(Sizes.corner)).padding(Spacing.large),
        verticalArrangement = Arrangement.spacedBy(between),
        content = content,
    )
}

/** Something to know, on a ground of its own. */
@Composable
fun Card(ground: Color, modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) = Ground(
    modifier.fillMaxWidth().padding(horizontal = Spacing.large, vertical = Spacing.small),
    Spacing.small,
    ground,
    content,
)

/** A card that warns: what is wrong and what to do, and a word about it [below]. Read as one. */
@Composable
fun WarningCard(text: String, modifier: Modifier = Modifier, below: String? = null) {
    val colours = LocalColours.current
    Card(colours.warningGround, modifier.semantics(mergeDescendants = true) {}) {
        Text(text, color = colours.onWarningGround, style = MaterialTheme.typography.bodyLarge)
        below?.let { Text(it, color = colours.onWarningGround, style = MaterialTheme.typography.bodySmall) }
    }
}

/** A word about what is above or below it. */
@Composable
fun Hint(text: String, modifier: Modifier = Modifier) {
    Text(
        text,
        modifier.padding(horizontal = Spacing.large),
        color = LocalColours.current.textQuiet,
        style = MaterialTheme.typography.bodyMedium,
    )
}

/** Something that is so, and a word about it. Read as one. */
@Composable
fun FactRow(text: String, modifier: Modifier = Modifier, below: String? = null) {
    Lines(
        text,
        below,
        modifier
            .fillMaxWidth()
            .semantics(mergeDescendants = true) {}
            .padding(horizontal = Spacing.large, vertical = Spacing.medium),
    )
}
