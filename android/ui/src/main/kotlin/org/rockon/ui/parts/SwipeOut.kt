package org.rockon.ui.parts

import androidx.compose.animation.core.animate
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
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
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
import kotlinx.coroutines.Job
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
    // Moved at once, not by a coroutine: one that came late would end the way out, and the row would hang there.
    var offset by remember { mutableFloatStateOf(0f) }
    val isMoved by remember { derivedStateOf { offset != 0f } }
    var width by remember { mutableIntStateOf(0) }
    var settling by remember { mutableStateOf<Job?>(null) }
    val scope = rememberCoroutineScope()
    val out by rememberUpdatedState(onOut)
    val isRtl = LocalLayoutDirection.current == LayoutDirection.Rtl
    val drag = rememberDraggableState { by -> offset = (offset + by).coerceIn(-width.toFloat(), 0f) }
    val settle: () -> Unit = {
        val isOut = -offset > width * ENOUGH
        settling = scope.launch {
            animate(offset, if (isOut) -width.toFloat() else 0f) { at, _ -> offset = at }
            if (isOut) out()
        }
    }
    Box(
        modifier
            .onSizeChanged { width = it.width }
            .draggable(
                drag,
                Orientation.Horizontal,
                isEnabled,
                onDragStarted = { settling?.cancel() },
                onDragStopped = { settle() },
                reverseDirection = isRtl,
            ),
    ) {
        if (isMoved) Behind(name, Modifier.matchParentSize())
        Box(Modifier.graphicsLayer { translationX = if (isRtl) -offset else offset }) { content() }
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
