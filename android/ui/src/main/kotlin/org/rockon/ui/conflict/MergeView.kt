package org.rockon.ui.conflict

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.text
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.MainButton
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class MergeActs(
    val onType: (String) -> Unit = {},
    val onSave: () -> Unit = {},
    val onCopy: () -> Unit = {},
    val onClose: () -> Unit = {},
    val onStay: () -> Unit = {},
    val onDiscard: () -> Unit = {},
)

@Composable
fun MergeScreen(model: MergeModel, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts = remember(model) { MergeActs(model::type, model::save, model::copy, model::close, model::stay, model::discard) }
    MergeView(state, acts, modifier)
}

@Composable
fun MergeView(state: MergeState, acts: MergeActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier.imePadding(),
        topBar = {
            BackBar(texts.conflict.merge, acts.onClose, sign = Icons.close) {
                MainButton(texts.app.save, acts.onSave, Modifier.padding(end = Spacing.medium), state.canSave)
            }
        },
    ) { padding ->
        if (state.isLoaded) Editor(state, acts, Modifier.padding(padding))
    }
    if (state.asksToDiscard) Discard(acts)
}

@Composable
private fun Editor(state: MergeState, acts: MergeActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Column(
        modifier
            .fillMaxSize()
            .verticalScroll(
                rememberScrollState(),
            ).padding(horizontal = Spacing.large, vertical = Spacing.medium),
        Arrangement.spacedBy(Spacing.large),
    ) {
        Text(
            if (state.isSettled) texts.conflict.settled else texts.conflict.mergeHint,
            style = MaterialTheme.typography.bodyLarge,
        )
        state.failure?.let { FailureText(it.text(texts.language)) }
        OutlinedTextField(
            state.text,
            acts.onType,
            Modifier.fillMaxWidth().testTag("merged"),
            label = { Text(columnName(state.kind, state.field, texts)) },
            minLines = if (state.difference.isEmpty()) 1 else 4,
        )
        if (state.isSettled) {
            TextButton(acts.onCopy) { Text(texts.rejected.copyText) }
        } else if (state.difference.isNotEmpty()) {
            DifferenceCard(state.difference, state.by)
        } else {
            Text(
                texts.editor.theirsBeside(state.by ?: texts.app.someone, state.theirs.ifEmpty { texts.conflict.emptyValue }),
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodyMedium,
            )
        }
    }
}

@Composable
private fun Discard(acts: MergeActs) {
    val texts = LocalTexts.current.editor
    AlertDialog(
        onDismissRequest = acts.onStay,
        confirmButton = { TextButton(acts.onStay) { Text(texts.keepEditing) } },
        dismissButton = { TextButton(acts.onDiscard) { Text(texts.discard) } },
        title = { Text(texts.unsaved) },
        text = { Text(texts.unsavedHint) },
    )
}
