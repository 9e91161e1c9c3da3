package org.rockon.ui.parts

import androidx.compose.animation.core.Animatable
import androidx.compose.foundation.background
import androidx.compose.foundation.gestures.Orientation
import androidx.compose.foundation.gestures.draggable
import androidx.compose.foundation.gestures.rememberDraggableState
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.derivedStateOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.layout.onSizeChanged
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.LayoutDirection
import kotlinx.coroutines.launch
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.tokens.Spacing

/** How much of its width a row is swiped before it goes. */
private const val ENOUGH = 0.4f

/**
 * A row that is swiped out against the direction of reading. [name] says what happens then; who cannot swipe has an action for it.
 * Nothing of it is remembered: a row that is put back stands where it stood.
 */
@Composable
internal fun SwipeOut(
    name: String,
    onOut: () -> Unit,
    modifier: Modifier = Modifier,
    isEnabled: Boolean = true,
    content: @Composable () -> Unit,
) {
    val offset = remember { Animatable(0f) }
    val isMoved by remember { derivedStateOf { offset.value != 0f } }
    var width by remember { mutableIntStateOf(0) }
    val scope = rememberCoroutineScope()
    val out by rememberUpdatedState(onOut)
    val isRtl = LocalLayoutDirection.current == LayoutDirection.Rtl
    val drag = rememberDraggableState { by -> scope.launch { offset.snapTo((offset.value + by).coerceIn(-width.toFloat(), 0f)) } }
    Box(
        modifier
            .onSizeChanged { width = it.width }
            .draggable(drag, Orientation.Horizontal, isEnabled, reverseDirection = isRtl, onDragStopped = {
                val isOut = -offset.value > width * ENOUGH
                offset.animateTo(if (isOut) -width.toFloat() else 0f)
                if (isOut) out()
            }),
    ) {
        if (isMoved) Behind(name, Modifier.matchParentSize())
        Box(Modifier.graphicsLayer { translationX = if (isRtl) -offset.value else offset.value }) { content() }
    }
}

@Composable
private fun Behind(name: String, modifier: Modifier = Modifier) {
    val colours = LocalColours.current
    Box(
        modifier.background(colours.dangerGround).padding(horizontal = Spacing.large).clearAndSetSemantics {},
        Alignment.CenterEnd,
    ) { Text(name, color = colours.onDangerGround, style = MaterialTheme.typography.titleMedium) }
}
