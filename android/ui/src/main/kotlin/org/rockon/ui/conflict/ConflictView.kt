package org.rockon.ui.conflict

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.Asks
import org.rockon.Side
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class ConflictActs(
    val onMine: () -> Unit = {},
    val onTheirs: () -> Unit = {},
    val onMerge: () -> Unit = {},
    val onBack: () -> Unit = {},
)

@Composable
fun ConflictScreen(model: ConflictModel, frame: Frame, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts = remember(model) { ConflictActs(model::mine, model::theirs, model::merge, model::back) }
    ConflictView(state, frame, acts, modifier)
}

@Composable
fun ConflictView(state: ConflictState, frame: Frame, acts: ConflictActs, modifier: Modifier = Modifier) {
    Scaffold(
        modifier,
        topBar = {
            Column {
                BackBar(LocalTexts.current.conflict.title, acts.onBack)
                StatusStrip(frame)
            }
        },
    ) { padding ->
        val inside = Modifier.padding(padding)
        when {
            state.isSettled -> EmptyMessage(LocalTexts.current.conflict.settled, null, inside)
            state.isLoaded -> Question(state, acts, inside)
        }
    }
}

@Composable
private fun Question(state: ConflictState, acts: ConflictActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Column(
        modifier
            .fillMaxSize()
            .verticalScroll(
                rememberScrollState(),
            ).padding(horizontal = Spacing.large, vertical = Spacing.medium),
        Arrangement.spacedBy(Spacing.large),
    ) {
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
        Spacer(Modifier.height(Spacing.huge))
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
    val versions = listOf(
        Version(
            said.mine,
            state.mine,
            null,
            isLive(Side.MINE),
            said.takeMine,
            acts.onMine.takeIf { state.canInsist },
        ),
        Version(
            theirs,
            state.theirs,
            state.at,
            isLive(Side.THEIRS),
            said.takeTheirs,
            acts.onTheirs.takeIf {
                state.canChoose
            },
        ),
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
    Column(
        // Read to its end before the other one beside it.
        modifier
            .semantics { isTraversalGroup = true }
            .background(colours.surfaceHigh, RoundedCornerShape(Sizes.corner))
            .padding(Spacing.large),
        Arrangement.spacedBy(Spacing.medium),
    ) {
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
            TextButton(acts.onBack) { Text(texts.conflict.later) }
        } else {
            TextButton(acts.onTheirs) { Text(texts.app.done) }
        }
        if (state.canMerge) TextButton(acts.onMerge, enabled = !state.isBusy) { Text(texts.conflict.merge) }
    }
}

/** A delete or a move that met a change. */
@Composable
private fun KeepOrNot(state: ConflictState, acts: ConflictActs) {
    val texts = LocalTexts.current
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Spacing.medium), Alignment.CenterHorizontally) {
        Take(texts.conflict.keep, !state.isBusy, acts.onTheirs)
        if (state.canInsist) {
            val anyway = if (state.asks == Asks.MOVE) texts.conflict.moveAnyway else texts.conflict.deleteAnyway
            TextButton(acts.onMine, enabled = !state.isBusy) { Text(anyway, color = LocalColours.current.danger) }
        }
        TextButton(acts.onBack) { Text(texts.conflict.later) }
    }
}
