package org.rockon.ui.gig

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.runtime.withFrameNanos
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.dp
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing
import org.rockon.ui.tokens.TypeScale

/** The tempo; touched, its dot flashes for sixteen beats. Only the dot is drawn again. */
@Composable
internal fun Tempo(tempo: Long, modifier: Modifier = Modifier) {
    var isBeating by remember(tempo) { mutableStateOf(false) }
    val light = remember { mutableFloatStateOf(0f) }
    LaunchedEffect(isBeating, tempo) {
        val start = withFrameNanos { it }
        while (isBeating) {
            val passed = withFrameNanos { it } - start
            light.floatValue = light(passed, tempo)
            isBeating = passed < beat(tempo) * BEATS
        }
        light.floatValue = 0f
    }
    val colour = LocalColours.current.accent
    Row(
        modifier
            .clickable(onClickLabel = LocalTexts.current.gig.tapTempo) { isBeating = !isBeating }
            .heightIn(min = Sizes.touchGig),
        Arrangement.spacedBy(Spacing.medium),
        Alignment.CenterVertically,
    ) {
        Box(
            Modifier.size(32.dp).drawBehind {
                drawCircle(colour, size.minDimension / 2 - 2.dp.toPx(), style = Stroke(2.dp.toPx()))
                drawCircle(colour, alpha = light.floatValue)
            },
        )
        Text(LocalTexts.current.app.tempo(tempo), color = colour, style = TypeScale.gigKey)
    }
}

/** How bright the dot is, [passed] nanoseconds after the first beat: full on each beat, then fading for a third of it. */
internal fun light(passed: Long, tempo: Long): Float = (1 - (passed % beat(tempo)).toFloat() / beat(tempo) * 3).coerceAtLeast(0f)

/** How long a beat is, in nanoseconds. */
private fun beat(tempo: Long): Long = 60_000_000_000 / tempo

/** Four bars of most songs. */
private const val BEATS = 16
