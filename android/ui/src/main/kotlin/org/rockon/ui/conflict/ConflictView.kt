package org.rockon.ui.conflict

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import org.rockon.Asks
import org.rockon.Side
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Ground
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Sheet
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface ConflictActs {
    fun mine() {}

    fun theirs() {}

    fun merge() {}

    fun back() {}
}

@Composable
fun ConflictView(state: ConflictState, frame: Frame, acts: ConflictActs, modifier: Modifier = Modifier) {
    Page(LocalTexts.current.conflict.title, acts::back, modifier, frame) { inside ->
        when {
            state.isSettled -> EmptyMessage(LocalTexts.current.conflict.settled, null, inside)
            state.isLoaded -> Asked(state, acts, inside)
        }
    }
}

@Composable
private fun Asked(state: ConflictState, acts: ConflictActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Sheet(modifier) {
        Text(state.text ?: texts.conflict.hint(state.by ?: texts.app.someone), style = MaterialTheme.typography.bodyLarge)
        state.failure?.let { FailureText(it.text(texts.language)) }
        if (state.asks == Asks.VALUE) Values(state, acts)
        when (state.live) {
            Side.GONE -> Aside(texts.conflict.rowGone)
            Side.OTHER -> Aside(texts.conflict.liveOther)
            else -> Unit
        }
        if (!state.mayEdit) Aside(texts.app.viewer)
        if (state.asks == Asks.VALUE) MoreChoices(state, acts) else KeepOrNot(state, acts)
    }
}

@Composable
private fun Aside(words: String) {
    Text(words, color = LocalColours.current.warning, style = MaterialTheme.typography.bodyMedium)
}

/** One of the two values. [onTake]: null where it cannot be chosen. */
@Immutable
private class Version(
    val name: String,
    val value: String?,
    val at: String?,
    val live: String?,
    val take: String,
    val onTake: (() -> Unit)?,
)

/** Both values; side by side where both are short and the text is not large. */
@Composable
private fun Values(state: ConflictState, acts: ConflictActs) {
    val texts = LocalTexts.current
    val said = texts.conflict
    val theirs = said.theirs(state.by ?: texts.app.someone)
    val isLive = { side: Side -> said.live.takeIf { state.live == side } }
    val (takesMine, takesTheirs) = acts::mine.takeIf { state.canInsist } to acts::theirs.takeIf { state.canChoose }
    val versions = listOf(
        Version(said.mine, state.mine, null, isLive(Side.MINE), said.takeMine, takesMine),
        Version(theirs, state.theirs, state.at, isLive(Side.THEIRS), said.takeTheirs, takesTheirs),
    )
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.medium)) {
        Text(
            columnName(state.kind, state.field, texts),
            Modifier.semantics { heading() },
            style = MaterialTheme.typography.titleLarge,
        )
        if (!state.isShort) DifferenceCard(state.difference, state.by)
        if (state.isShort && LocalDensity.current.fontScale <= 1.3f) {
            Row(Modifier.fillMaxWidth().height(IntrinsicSize.Max), Arrangement.spacedBy(Spacing.medium)) {
                versions.forEach { VersionCard(it, state, Modifier.weight(1f).fillMaxHeight()) }
            }
        } else {
            versions.forEach { VersionCard(it, state, Modifier.fillMaxWidth()) }
        }
    }
}

@Composable
private fun VersionCard(version: Version, state: ConflictState, modifier: Modifier = Modifier) {
    val colours = LocalColours.current
    val type = MaterialTheme.typography
    // Read to its end before the other one beside it.
    Ground(modifier.semantics { isTraversalGroup = true }, Spacing.medium) {
        Text(version.name, color = colours.textQuiet, style = type.labelMedium)
        SelectionContainer {
            Text(
                version.value ?: LocalTexts.current.conflict.emptyValue,
                style = if (state.isShort) type.titleLarge else type.bodyLarge,
            )
        }
        version.at?.let { Text(it, color = colours.textQuiet, style = type.bodySmall) }
        version.live?.let { Text(it, color = colours.success, style = type.bodySmall) }
        Spacer(Modifier.weight(1f))
        version.onTake?.let { Take(version.take, !state.isBusy, it) }
    }
}

/** Neither is the better one: both buttons look the same. */
@Composable
private fun Take(words: String, isEnabled: Boolean, onTake: () -> Unit) {
    FilledTonalButton(onTake, Modifier.fillMaxWidth(), enabled = isEnabled) { Text(words) }
}

@Composable
private fun MoreChoices(state: ConflictState, acts: ConflictActs) {
    val texts = LocalTexts.current
    FlowRow(Modifier.fillMaxWidth(), Arrangement.End) {
        if (state.canChoose) {
            TextButton(acts::back) { Text(texts.conflict.later) }
        } else {
            TextButton(acts::theirs) { Text(texts.app.done) }
        }
        if (state.canMerge) TextButton(acts::merge, enabled = !state.isBusy) { Text(texts.conflict.merge) }
    }
}

/** A delete or a move that met a change. */
@Composable
private fun KeepOrNot(state: ConflictState, acts: ConflictActs) {
    val texts = LocalTexts.current
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Spacing.medium), Alignment.CenterHorizontally) {
        Take(texts.conflict.keep, !state.isBusy, acts::theirs)
        if (state.canInsist) {
            val anyway = if (state.asks == Asks.MOVE) texts.conflict.moveAnyway else texts.conflict.deleteAnyway
            TextButton(acts::mine, enabled = !state.isBusy) { Text(anyway, color = LocalColours.current.danger) }
        }
        TextButton(acts::back) { Text(texts.conflict.later) }
    }
}
