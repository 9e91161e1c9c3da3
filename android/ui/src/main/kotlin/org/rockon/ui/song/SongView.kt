package org.rockon.ui.song

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.UnsentMark
import org.rockon.ui.texts.SongTexts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class SongActs(
    val onBack: () -> Unit = {},
    val onEdit: () -> Unit = {},
    val onDismiss: () -> Unit = {},
)

@Composable
fun SongScreen(
    model: SongModel,
    frame: Frame,
    modifier: Modifier = Modifier,
) {
    val state by model.state.collectAsStateWithLifecycle()
    SongView(state, frame, remember(model) { SongActs(model::back, model::edit, model::dismiss) }, modifier)
}

@Composable
fun SongView(
    state: SongState,
    frame: Frame,
    acts: SongActs,
    modifier: Modifier = Modifier,
) {
    Scaffold(
        modifier,
        topBar = {
            Column {
                TopAppBar(
                    title = {},
                    navigationIcon = { SignButton(Icons.back, LocalTexts.current.app.back, acts.onBack) },
                    actions = { if (state.mayEdit) SignButton(Icons.edit, LocalTexts.current.app.edit, acts.onEdit) },
                    colors = TopAppBarDefaults.topAppBarColors(containerColor = LocalColours.current.background),
                )
                StatusStrip(frame)
            }
        },
    ) { padding ->
        when {
            state.failure != null -> {
                EmptyMessage(
                    state.failure.text(LocalTexts.current.language),
                    null,
                    Modifier.padding(padding),
                )
            }

            state.isGone -> {
                EmptyMessage(LocalTexts.current.song.gone, null, Modifier.padding(padding))
            }

            state.isLoaded -> {
                Body(state, acts, Modifier.padding(padding))
            }
        }
    }
}

@Composable
private fun Body(
    state: SongState,
    acts: SongActs,
    modifier: Modifier = Modifier,
) {
    Column(
        modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(horizontal = Spacing.large),
        verticalArrangement = Arrangement.spacedBy(Spacing.large),
    ) {
        Head(state)
        if (state.changes.isNotEmpty()) Changes(state.changes, acts.onDismiss)
        Facts(state.facts)
        state.notes?.let { Notes(it) }
        state.more.forEach { More(it) }
        state.lastChange?.let {
            val app = LocalTexts.current.app
            Text(
                app.changedBy(it.by ?: app.someone, it.at),
                Modifier.padding(vertical = Spacing.medium),
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodySmall,
            )
        }
    }
}

@Composable
private fun Head(state: SongState) {
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.small)) {
        Row(verticalAlignment = Alignment.CenterVertically) {
            Text(
                state.title,
                Modifier.weight(1f).semantics { heading() },
                style = MaterialTheme.typography.headlineMedium,
            )
            if (state.isUnsent) UnsentMark(Modifier.padding(start = Spacing.medium))
        }
        state.artist?.let {
            Text(it, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodyLarge)
        }
    }
}

/** What one needs to play it, large enough for a music stand: three beside each other, fewer with large text. */
@Composable
private fun Facts(facts: List<Fact>) {
    BoxWithConstraints(Modifier.widthIn(max = Sizes.readable)) {
        val third = (maxWidth - Spacing.medium * 2) / 3
        FlowRow(
            Modifier.fillMaxWidth(),
            horizontalArrangement = Arrangement.spacedBy(Spacing.medium),
            verticalArrangement = Arrangement.spacedBy(Spacing.medium),
            maxItemsInEachRow = 3,
        ) {
            facts.forEach { FactCard(it, Modifier.widthIn(min = third)) }
        }
    }
}

@Composable
private fun FactCard(
    fact: Fact,
    modifier: Modifier = Modifier,
) {
    Column(
        modifier
            .background(LocalColours.current.surfaceHigh, RoundedCornerShape(12.dp))
            .padding(horizontal = 12.dp, vertical = 10.dp)
            .semantics(mergeDescendants = true) {},
    ) {
        Text(fact.value, style = MaterialTheme.typography.headlineMedium)
        Text(
            fact.of.label(LocalTexts.current.song),
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.labelMedium,
        )
    }
}

@Composable
private fun Changes(
    changes: List<Change>,
    onDismiss: () -> Unit,
) {
    val colours = LocalColours.current
    Column(
        Modifier
            .fillMaxWidth()
            .background(colours.warningGround, RoundedCornerShape(12.dp))
            .padding(start = Spacing.large, top = Spacing.large, end = Spacing.large, bottom = Spacing.medium),
        verticalArrangement = Arrangement.spacedBy(Spacing.medium),
    ) {
        Text(LocalTexts.current.song.changedSince, color = colours.onWarningGround, style = MaterialTheme.typography.titleSmall)
        changes.forEach { change ->
            Column(Modifier.semantics(mergeDescendants = true) {}) {
                Text(
                    change.words(LocalTexts.current.song),
                    color = colours.onWarningGround,
                    style = MaterialTheme.typography.titleMedium,
                )
                change.by?.let { Text(it, color = colours.onWarningGround, style = MaterialTheme.typography.bodySmall) }
            }
        }
        TextButton(
            onDismiss,
            Modifier.align(Alignment.End),
        ) { Text(LocalTexts.current.app.done, color = colours.onWarningGround) }
    }
}

private fun Change.words(texts: SongTexts): String =
    when {
        to == null -> texts.changedCleared(of.label(texts))
        from == null -> texts.changedSet(of.label(texts), to)
        else -> texts.changedValue(of.label(texts), from, to)
    }

@Composable
private fun Notes(text: String) {
    SelectionContainer {
        Text(text, Modifier.widthIn(max = Sizes.readable), style = MaterialTheme.typography.bodyLarge)
    }
}

@Composable
private fun More(fact: Fact) {
    Row(Modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Spacing.large)) {
        Text(
            fact.of.label(LocalTexts.current.song),
            Modifier.width(96.dp * LocalDensity.current.fontScale),
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.bodyMedium,
        )
        Text(fact.value, style = MaterialTheme.typography.bodyMedium)
    }
}
