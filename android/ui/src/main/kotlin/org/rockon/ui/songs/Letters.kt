package org.rockon.ui.songs

import androidx.compose.foundation.background
import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.derivedStateOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.ProgressBarRangeInfo
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.progressBarRangeInfo
import androidx.compose.ui.semantics.setProgress
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.unit.dp
import org.rockon.Letter
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import kotlin.math.ceil
import kotlin.math.roundToInt

/** The letters of a list, along its edge: a touch or a drag leads to one. Who cannot see it moves it like a slider. */
@Composable
internal fun Letters(letters: List<Letter>, list: LazyListState, acts: SongsActs, modifier: Modifier = Modifier) {
    val name = LocalTexts.current.songs
    val at by remember(letters, list) {
        derivedStateOf { letters.indexOfLast { it.index < list.firstVisibleItemIndex }.coerceAtLeast(0) }
    }
    var held by remember { mutableStateOf<Letter?>(null) }
    Box(modifier.fillMaxSize()) {
        held?.let { Held(it.letter, Modifier.align(Alignment.Center)) }
        Edge(
            letters,
            Modifier
                .align(Alignment.CenterEnd)
                .clearAndSetSemantics {
                    contentDescription = name.jumpTo(letters[at].letter)
                    stateDescription = letters[at].letter
                    progressBarRangeInfo = ProgressBarRangeInfo(at.toFloat(), 0f..letters.lastIndex.toFloat(), letters.size)
                    setProgress { to -> true.also { acts.jump(letters[to.roundToInt().coerceIn(letters.indices)]) } }
                }.picks(letters, { if (it != held) acts.jump(it) }) { held = it },
        )
    }
}

/** Tells each letter that a finger comes to, and which one it holds until it is lifted. */
@Composable
private fun Modifier.picks(letters: List<Letter>, onPick: (Letter) -> Unit, onHold: (Letter?) -> Unit): Modifier {
    val (pick, hold) = rememberUpdatedState(onPick) to rememberUpdatedState(onHold)
    return pointerInput(letters) {
        fun pick(y: Float) {
            val letter = letters[(y / size.height * letters.size).toInt().coerceIn(letters.indices)]
            pick.value(letter)
            hold.value(letter)
        }
        awaitEachGesture {
            try {
                pick(awaitFirstDown().also { it.consume() }.position.y)
                do {
                    val change = awaitPointerEvent().changes.first()
                    if (change.pressed) pick(change.position.y)
                    change.consume()
                } while (change.pressed)
            } finally {
                hold.value(null)
            }
        }
    }
}

/** What they take of the width of a list; they grow with the text. */
@Composable
internal fun lettersWidth() = WIDTH * LocalDensity.current.fontScale

/** As many of the letters as there is room for. */
@Composable
private fun Edge(letters: List<Letter>, modifier: Modifier = Modifier) {
    BoxWithConstraints(modifier.width(Sizes.touch).fillMaxHeight(), Alignment.CenterEnd) {
        val each = ceil(LINE * (letters.size * LocalDensity.current.fontScale) / maxHeight).toInt().coerceAtLeast(1)
        Column(
            Modifier.fillMaxHeight().width(lettersWidth()),
            Arrangement.SpaceAround,
            Alignment.CenterHorizontally,
        ) {
            letters.filterIndexed { at, _ -> at % each == 0 }.forEach {
                Text(it.letter, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.labelSmall)
            }
        }
    }
}

/** Where one is, as large as it is seen beside a thumb. */
@Composable
private fun Held(letter: String, modifier: Modifier = Modifier) {
    val colours = LocalColours.current
    Box(
        modifier.size(
            HELD * LocalDensity.current.fontScale,
        ).background(colours.accent, RoundedCornerShape(Sizes.corner)).padding(8.dp),
        Alignment.Center,
    ) { Text(letter, color = colours.background, style = MaterialTheme.typography.displayLarge) }
}

private val LINE = 18.dp
private val WIDTH = 20.dp
private val HELD = 96.dp
