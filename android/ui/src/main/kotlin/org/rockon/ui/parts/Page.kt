package org.rockon.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import org.rockon.ui.Frame
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.tokens.Spacing

/** A page: [bar] at its head with the strip of [frame] under it, a [button] that floats, and the rest. */
@Composable
fun Page(
    bar: @Composable () -> Unit,
    modifier: Modifier = Modifier,
    frame: Frame? = null,
    button: @Composable () -> Unit = {},
    content: @Composable (Modifier) -> Unit,
) {
    Scaffold(
        modifier.imePadding(),
        topBar = {
            Column {
                bar()
                frame?.let { StatusStrip(it) }
            }
        },
        floatingActionButton = button,
    ) { content(Modifier.padding(it)) }
}

/** A page that one comes back from, or out of, by its [sign]: its name at the head. */
@Composable
fun Page(
    title: String,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
    frame: Frame? = null,
    sign: ImageVector = Icons.back,
    actions: @Composable RowScope.() -> Unit = {},
    button: @Composable () -> Unit = {},
    content: @Composable (Modifier) -> Unit,
) = Page({ BackBar(title, onBack, sign = sign, actions = actions) }, modifier, frame, button, content)

/** A page without a bar: what it is, and what there is to do. */
@Composable
fun Poster(
    title: String,
    modifier: Modifier = Modifier,
    colour: Color = LocalColours.current.text,
    content: @Composable ColumnScope.() -> Unit,
) {
    Box(modifier.fillMaxSize().safeDrawingPadding().imePadding(), Alignment.TopCenter) {
        Column(
            Modifier.widthIn(max = 440.dp).verticalScroll(rememberScrollState()).padding(Spacing.huge, 64.dp),
            Arrangement.spacedBy(Spacing.large),
        ) {
            Text(title, Modifier.semantics { heading() }, color = colour, style = MaterialTheme.typography.displaySmall)
            content()
        }
    }
}

/** Things one under the other that scroll, from edge to edge. */
@Composable
fun Things(modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) =
    Scrolled(PaddingValues(bottom = Spacing.huge), Spacing.medium, modifier, content)

/** The same with a margin at both sides. */
@Composable
fun Sheet(modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) = Scrolled(
    PaddingValues(Spacing.large, Spacing.medium, Spacing.large, Spacing.huge),
    Spacing.large,
    modifier,
    content,
)

@Composable
private fun Scrolled(
    margins: PaddingValues,
    between: Dp,
    modifier: Modifier = Modifier,
    content: @Composable ColumnScope.() -> Unit,
) {
    Column(
        modifier.fillMaxSize().verticalScroll(rememberScrollState()).navigationBarsPadding().padding(margins),
        verticalArrangement = Arrangement.spacedBy(between),
        content = content,
    )
}
