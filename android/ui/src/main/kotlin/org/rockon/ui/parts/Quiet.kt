package org.rockon.ui.parts

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.ui.theme.LocalColours

/** What is said beside something, with less weight. */
@Composable
internal fun Quiet(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = MaterialTheme.typography.bodyMedium,
    maxLines: Int = Int.MAX_VALUE,
) = Text(text, modifier, LocalColours.current.textQuiet, style = style, maxLines = maxLines, overflow = TextOverflow.Ellipsis)
