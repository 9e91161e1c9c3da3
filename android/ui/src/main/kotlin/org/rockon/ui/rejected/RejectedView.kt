package org.rockon.ui.rejected

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import org.rockon.Verb
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.conflict.columnName
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Ground
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Question
import org.rockon.ui.parts.Sheet
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface RejectedActs {
    fun tryAgain() {}

    fun copy(text: String) {}

    fun askToDiscard() {}

    fun stay() {}

    fun discard() {}

    fun back() {}
}

@Composable
fun RejectedView(state: RejectedState, frame: Frame, acts: RejectedActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current.rejected
    Page(texts.title, acts::back, modifier, frame) { inside ->
        when {
            state.isSettled -> EmptyMessage(texts.settled, null, inside)
            state.edit != null -> Body(state, acts, inside)
        }
    }
    if (state.asksToDiscard) Question(texts.discardAsk, texts.discardHint, texts.discard, acts::discard, acts::stay)
}

@Composable
private fun Body(state: RejectedState, acts: RejectedActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Sheet(modifier) {
        Column(verticalArrangement = Arrangement.spacedBy(Spacing.small)) {
            Text(state.what(texts), style = MaterialTheme.typography.titleLarge)
            Text(state.at, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodySmall)
        }
        Part(texts.rejected.why) { Text(state.why(texts), style = MaterialTheme.typography.bodyLarge) }
        if (state.tried.isNotEmpty()) Part(texts.rejected.tried) { state.tried.forEach { Wanted(it) } }
        Shown(state)
        state.failure?.let { FailureText(it.text(texts.language)) }
        Choices(state, acts)
    }
}

@Composable
private fun Shown(state: RejectedState) {
    val texts = LocalTexts.current
    when {
        state.isGone && state.edit?.verb == Verb.ADDED -> Unit
        state.isGone -> Part(texts.rejected.now) { Text(texts.rejected.nowGone, style = MaterialTheme.typography.bodyLarge) }
        state.tried.isNotEmpty() -> Part(texts.rejected.now) { state.tried.forEach { Value(it, it.shown) } }
    }
}

@Composable
private fun Part(title: String, content: @Composable () -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.small)) {
        Text(
            title,
            Modifier.semantics { heading() },
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.titleSmall,
        )
        content()
    }
}

@Composable
private fun Wanted(tried: Tried) = Ground(Modifier.fillMaxWidth()) { Value(tried, tried.wanted) }

@Composable
private fun Value(tried: Tried, value: String?) {
    val texts = LocalTexts.current
    Column(Modifier.semantics(mergeDescendants = true) {}) {
        Text(
            columnName(tried.kind, tried.column, texts),
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.labelMedium,
        )
        SelectionContainer { Text(value ?: texts.conflict.emptyValue, style = MaterialTheme.typography.bodyLarge) }
    }
}

@Composable
private fun Choices(state: RejectedState, acts: RejectedActs) {
    val texts = LocalTexts.current
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.medium)) {
        if (state.isViewer) {
            Text(texts.app.viewer, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodyMedium)
        } else {
            MainButton(texts.rejected.tryAgain, acts::tryAgain, Modifier.fillMaxWidth(), !state.isBusy)
        }
        FlowRow(Modifier.fillMaxWidth(), Arrangement.SpaceBetween) {
            TextButton(acts::askToDiscard, enabled = !state.isBusy) {
                Text(texts.rejected.discard, color = LocalColours.current.danger)
            }
            if (state.canCopy) TextButton({ acts.copy(state.typed(texts)) }) { Text(texts.rejected.copyText) }
        }
    }
}
