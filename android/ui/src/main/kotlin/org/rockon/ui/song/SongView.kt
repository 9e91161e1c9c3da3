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
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.ui.Texts
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.UnsentMark
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.Sizes

/** What can be done there. */
@Immutable
data class SongActs(
    val onBack: () -> Unit = {},
    val onEdit: () -> Unit = {},
    val onDismiss: () -> Unit = {},
    val onSignIn: () -> Unit = {},
)

@Composable
fun SongScreen(
    model: SongModel,
    strip: Strip?,
    onSignIn: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val signIn by rememberUpdatedState(onSignIn)
    SongView(state, strip, remember(model) { SongActs(model::back, model::edit, model::dismiss) { signIn() } }, modifier)
}

@Composable
fun SongView(
    state: SongState,
    strip: Strip?,
    acts: SongActs,
    modifier: Modifier = Modifier,
) {
    Scaffold(
        modifier,
        topBar = {
            Column {
                TopAppBar(
                    title = {},
                    navigationIcon = { SignButton(Icons.back, Texts.BACK, acts.onBack) },
                    actions = { if (state.mayEdit) SignButton(Icons.edit, Texts.EDIT, acts.onEdit) },
                    colors = TopAppBarDefaults.topAppBarColors(containerColor = LocalColours.current.page),
                )
                strip?.let { StatusStrip(it, acts.onSignIn) }
            }
        },
    ) { padding ->
        when {
            state.failure != null -> EmptyMessage(Texts.BROKEN, state.failure, Modifier.padding(padding))
            state.isGone -> EmptyMessage(Texts.GONE, Texts.GONE_HELP, Modifier.padding(padding))
            state.isLoaded -> Body(state, acts, Modifier.padding(padding))
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
        modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(horizontal = Sizes.edge),
        verticalArrangement = Arrangement.spacedBy(Sizes.edge),
    ) {
        Head(state)
        if (state.changes.isNotEmpty()) Changes(state.changes, acts.onDismiss)
        Facts(state.facts)
        state.notes?.let { Notes(it) }
        state.more.forEach { More(it) }
        state.lastChange?.let {
            Text(
                it,
                Modifier.padding(vertical = Sizes.near),
                color = LocalColours.current.quiet,
                style = MaterialTheme.typography.bodySmall,
            )
        }
    }
}

@Composable
private fun Head(state: SongState) {
    Column(verticalArrangement = Arrangement.spacedBy(Sizes.tight)) {
        Row(verticalAlignment = Alignment.CenterVertically) {
            Text(
                state.title,
                Modifier.weight(1f).semantics { heading() },
                style = MaterialTheme.typography.headlineMedium,
            )
            if (state.isUnsent) UnsentMark(Modifier.padding(start = Sizes.near))
        }
        state.artist?.let {
            Text(it, color = LocalColours.current.quiet, style = MaterialTheme.typography.bodyLarge)
        }
    }
}

/** What one needs to play it, large enough for a music stand: three beside each other, fewer with large text. */
@Composable
private fun Facts(facts: List<Fact>) {
    BoxWithConstraints(Modifier.widthIn(max = Sizes.text)) {
        val third = (maxWidth - Sizes.near * 2) / 3
        FlowRow(
            Modifier.fillMaxWidth(),
            horizontalArrangement = Arrangement.spacedBy(Sizes.near),
            verticalArrangement = Arrangement.spacedBy(Sizes.near),
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
            .background(LocalColours.current.raised, RoundedCornerShape(12.dp))
            .padding(horizontal = 12.dp, vertical = 10.dp)
            .semantics(mergeDescendants = true) {},
    ) {
        Text(fact.value, style = MaterialTheme.typography.headlineMedium)
        Text(fact.name, color = LocalColours.current.quiet, style = MaterialTheme.typography.labelMedium)
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
            .background(colours.notice, RoundedCornerShape(12.dp))
            .padding(start = Sizes.edge, top = Sizes.edge, end = Sizes.edge, bottom = Sizes.near),
        verticalArrangement = Arrangement.spacedBy(Sizes.near),
    ) {
        Text(Texts.CHANGED, color = colours.onNotice, style = MaterialTheme.typography.titleSmall)
        changes.forEach { change ->
            Column(Modifier.semantics(mergeDescendants = true) {}) {
                Text(
                    listOfNotNull(change.name, change.by).joinToString(" · "),
                    color = colours.onNotice,
                    style = MaterialTheme.typography.bodySmall,
                )
                Text(
                    Texts.change(change.from, change.to),
                    color = colours.onNotice,
                    style = MaterialTheme.typography.titleMedium,
                )
            }
        }
        TextButton(onDismiss, Modifier.align(Alignment.End)) { Text(Texts.DISMISS) }
    }
}

@Composable
private fun Notes(text: String) {
    SelectionContainer {
        Text(text, Modifier.widthIn(max = Sizes.text), style = MaterialTheme.typography.bodyLarge)
    }
}

@Composable
private fun More(fact: Fact) {
    Row(Modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Sizes.edge)) {
        Text(
            fact.name,
            Modifier.width(96.dp * LocalDensity.current.fontScale),
            color = LocalColours.current.quiet,
            style = MaterialTheme.typography.bodyMedium,
        )
        Text(fact.value, style = MaterialTheme.typography.bodyMedium)
    }
}
