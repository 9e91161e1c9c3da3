package org.rockon.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Scaffold
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.Dp
import org.rockon.ui.Frame
import org.rockon.ui.theme.Icons
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
