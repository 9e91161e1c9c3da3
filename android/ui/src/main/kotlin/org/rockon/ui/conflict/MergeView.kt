package org.rockon.ui.conflict

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import org.rockon.text
import org.rockon.ui.parts.DiscardQuestion
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Sheet
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface MergeActs {
    fun type(text: String) {}

    fun save() {}

    fun copy() {}

    /** Out of the editor: at once when nothing would be lost. */
    fun close() {}

    fun stay() {}

    fun discard() {}
}

@Composable
fun MergeView(state: MergeState, acts: MergeActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(texts.conflict.merge, acts::close, modifier, sign = Icons.close, actions = {
        MainButton(texts.app.save, acts::save, Modifier.padding(end = Spacing.medium), state.canSave)
    }) { if (state.isLoaded) Editor(state, acts, it) }
    if (state.asksToDiscard) DiscardQuestion(acts::discard, acts::stay)
}

@Composable
private fun Editor(state: MergeState, acts: MergeActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Sheet(modifier) {
        Text(
            if (state.isSettled) texts.conflict.settled else texts.conflict.mergeHint,
            style = MaterialTheme.typography.bodyLarge,
        )
        state.failure?.let { FailureText(it.text(texts.language)) }
        OutlinedTextField(
            state.text,
            acts::type,
            Modifier.fillMaxWidth().testTag("merged"),
            label = { Text(columnName(state.kind, state.field, texts)) },
            minLines = if (state.difference.isEmpty()) 1 else 4,
        )
        when {
            state.isSettled -> TextButton(acts::copy) { Text(texts.rejected.copyText) }

            state.difference.isNotEmpty() -> DifferenceCard(state.difference, state.by)

            else -> Text(
                texts.editor.theirsBeside(state.by ?: texts.app.someone, state.theirs.ifEmpty { texts.conflict.emptyValue }),
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodyMedium,
            )
        }
    }
}
