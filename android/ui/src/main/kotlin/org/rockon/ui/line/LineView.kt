package org.rockon.ui.line

import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.LineField
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.SecretField
import org.rockon.ui.parts.Sheet
import org.rockon.ui.parts.WideButton
import org.rockon.ui.parts.words
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalTexts

/** What can be done there. */
@Stable
interface LineActs {
    fun type(text: String) {}

    fun perform() {}

    fun close() {}
}

@Composable
fun LineView(state: LineState, acts: LineActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    val words = state.line.words(texts)
    Page(words.title, acts::close, modifier, sign = Icons.close) { inside ->
        Sheet(inside) {
            state.hint(texts)?.let { Text(it, style = MaterialTheme.typography.bodyLarge) }
            Field(words.label, state, acts)
            state.failure?.let { FailureText(it.words(texts)) }
            WideButton(words.act, acts::perform, isEnabled = state.canDo, isDanger = state.isDanger)
        }
    }
}

@Composable
private fun Field(label: String, state: LineState, acts: LineActs) {
    if (state.isSecret) {
        SecretField(state.text, acts::type, label, acts::perform, isNew = true)
        return
    }
    val capitals = if (state.line == Line.JOIN) KeyboardCapitalization.Characters else KeyboardCapitalization.Words
    val keyboard = KeyboardOptions(capitals, autoCorrectEnabled = false, imeAction = ImeAction.Done)
    LineField(state.text, acts::type, label, keyboard, onDone = acts::perform)
}
