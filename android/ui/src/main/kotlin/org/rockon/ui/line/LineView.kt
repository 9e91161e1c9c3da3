package org.rockon.ui.line

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.LineField
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.SecretField
import org.rockon.ui.parts.words
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class LineActs(val onType: (String) -> Unit = {}, val onDo: () -> Unit = {}, val onClose: () -> Unit = {})

@Composable
fun LineScreen(model: LineModel, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    LineView(state, remember(model) { LineActs(model::type, model::perform, model::close) }, modifier)
}

@Composable
fun LineView(state: LineState, acts: LineActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier.imePadding(),
        topBar = { BackBar(state.line.title(texts), acts.onClose, sign = Icons.close) },
    ) { padding ->
        Column(
            Modifier
                .fillMaxSize()
                .padding(padding)
                .verticalScroll(rememberScrollState())
                .padding(Spacing.large),
            verticalArrangement = Arrangement.spacedBy(Spacing.large),
        ) {
            state.hint(texts)?.let { Text(it, style = MaterialTheme.typography.bodyLarge) }
            Field(state, acts)
            state.failure?.let { FailureText(it.words(texts)) }
            MainButton(
                state.line.act(texts),
                acts.onDo,
                Modifier.fillMaxWidth().heightIn(min = 52.dp),
                isEnabled = state.canDo,
                isDanger = state.isDanger,
            )
        }
    }
}

@Composable
private fun Field(state: LineState, acts: LineActs) {
    val label = state.line.label(LocalTexts.current)
    if (state.isSecret) {
        SecretField(state.text, acts.onType, label, acts.onDo, isNew = true)
        return
    }
    val capitals = if (state.line == Line.JOIN) KeyboardCapitalization.Characters else KeyboardCapitalization.Words
    val keyboard = KeyboardOptions(capitals, autoCorrectEnabled = false, imeAction = ImeAction.Done)
    LineField(state.text, acts.onType, label, keyboard, onDone = acts.onDo)
}
