package org.rockon.ui.gig

import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.LocalTextStyle
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.TextMeasurer
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.unit.Constraints
import androidx.compose.ui.unit.TextUnit

/** A text as large as there is room, from [style] down to [least]; what does not fit even then can be scrolled. */
@Composable
internal fun LargestText(
    text: String,
    style: TextStyle,
    least: TextUnit,
    modifier: Modifier = Modifier,
    colour: Color = Color.Unspecified,
) {
    val measurer = rememberTextMeasurer()
    val largest = LocalTextStyle.current.merge(style)
    BoxWithConstraints(modifier) {
        val fitting = remember(measurer, text, largest, constraints) { measurer.fitting(text, largest, least, constraints) }
        Text(text, Modifier.verticalScroll(rememberScrollState()), color = colour, style = fitting)
    }
}

private fun TextMeasurer.fitting(text: String, largest: TextStyle, least: TextUnit, room: Constraints): TextStyle =
    generateSequence(largest) { it.times(STEP) }
        .takeWhile { it.fontSize > least }
        .firstOrNull { fits(text, it, room) }
        ?: largest.times(least.value / largest.fontSize.value)

/** No line too many, and no word that is broken. */
private fun TextMeasurer.fits(text: String, style: TextStyle, room: Constraints): Boolean {
    val measured = measure(text, style, constraints = Constraints(maxWidth = room.maxWidth))
    return measured.size.height <= room.maxHeight && measured.multiParagraph.minIntrinsicWidth <= room.maxWidth
}

private fun TextStyle.times(factor: Float) = copy(fontSize = fontSize * factor, lineHeight = lineHeight * factor)

/** Smaller by a tenth each time: nobody sees less. */
private const val STEP = 0.9f
