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
fun ConflictScreen(
    model: ConflictModel,
    frame: Frame,
    modifier: Modifier = Modifier,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts = remember(model) { ConflictActs(model::mine, model::theirs, model::merge, model::back) }
    ConflictView(state, frame, acts, modifier)
}

@Composable
fun ConflictView(
    state: ConflictState,
    frame: Frame,
    acts: ConflictActs,
    modifier: Modifier = Modifier,
) {
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
private fun Question(
    state: ConflictState,
    acts: ConflictActs,
    modifier: Modifier = Modifier,
) {
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

/** Both values; side by side where both are short and the text is not large. */
@Composable
private fun Values(
    state: ConflictState,
    acts: ConflictActs,
) {
    val texts = LocalTexts.current
    val mine = Version(texts.conflict.mine, state.mine, state.live == Side.MINE, null, state.isShort)
    val other = state.by ?: texts.app.someone
    val theirs = Version(texts.conflict.theirs(other), state.theirs, state.live == Side.THEIRS, state.at, state.isShort)
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.medium)) {
        Text(
            columnName(state.kind, state.field, texts),
            Modifier.semantics { heading() },
            style = MaterialTheme.typography.titleLarge,
        )
        if (state.isShort && LocalDensity.current.fontScale <= 1.3f) {
            Row(Modifier.fillMaxWidth().height(IntrinsicSize.Max), Arrangement.spacedBy(Spacing.medium)) {
                MineCard(mine, state, acts, Modifier.weight(1f).fillMaxHeight())
                TheirsCard(theirs, state, acts, Modifier.weight(1f).fillMaxHeight())
            }
        } else {
            MineCard(mine, state, acts, Modifier.fillMaxWidth())
            TheirsCard(theirs, state, acts, Modifier.fillMaxWidth())
        }
    }
}

@Composable
private fun MineCard(
    version: Version,
    state: ConflictState,
    acts: ConflictActs,
    modifier: Modifier = Modifier,
) {
    VersionCard(version, modifier) {
        if (state.canInsist) Take(LocalTexts.current.conflict.takeMine, !state.isBusy, acts.onMine)
    }
}

@Composable
private fun TheirsCard(
    version: Version,
    state: ConflictState,
    acts: ConflictActs,
    modifier: Modifier = Modifier,
) {
    VersionCard(version, modifier) {
        if (state.canChoose) Take(LocalTexts.current.conflict.takeTheirs, !state.isBusy, acts.onTheirs)
    }
}

/** Neither is the better one: both buttons look the same. */
@Composable
private fun Take(
    words: String,
    isEnabled: Boolean,
    onTake: () -> Unit,
) {
    FilledTonalButton(onTake, Modifier.fillMaxWidth(), enabled = isEnabled) { Text(words) }
}

@Immutable
private class Version(
    val name: String,
    val value: String?,
    val isLive: Boolean,
    val at: String?,
    val isShort: Boolean,
)

@Composable
private fun VersionCard(
    version: Version,
    modifier: Modifier = Modifier,
    button: @Composable () -> Unit,
) {
    val colours = LocalColours.current
    val texts = LocalTexts.current.conflict
    Column(
        modifier.background(colours.surfaceHigh, RoundedCornerShape(Sizes.corner)).padding(Spacing.large),
        Arrangement.spacedBy(Spacing.medium),
    ) {
        Text(version.name, color = colours.textQuiet, style = MaterialTheme.typography.labelMedium)
        SelectionContainer {
            val style = if (version.isShort) MaterialTheme.typography.titleLarge else MaterialTheme.typography.bodyLarge
            Text(version.value ?: texts.emptyValue, style = style)
        }
        version.at?.let { Text(it, color = colours.textQuiet, style = MaterialTheme.typography.bodySmall) }
        if (version.isLive) Text(texts.live, color = colours.success, style = MaterialTheme.typography.bodySmall)
        Spacer(Modifier.weight(1f))
        button()
    }
}

@Composable
private fun MoreChoices(
    state: ConflictState,
    acts: ConflictActs,
) {
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
private fun KeepOrNot(
    state: ConflictState,
    acts: ConflictActs,
) {
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
