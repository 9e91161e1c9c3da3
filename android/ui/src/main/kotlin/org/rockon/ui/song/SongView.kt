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
import org.rockon.ui.detail.ChangesCard
import org.rockon.ui.detail.DetailColumn
import org.rockon.ui.detail.DetailHead
import org.rockon.ui.detail.DetailScaffold
import org.rockon.ui.detail.FactCards
import org.rockon.ui.detail.FactLine
import org.rockon.ui.detail.LastEditLine
import org.rockon.ui.detail.Notes
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.Menu
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.UnsentMark
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
    val onHistory: () -> Unit = {},
    val onDelete: () -> Unit = {},
)

@Composable
fun SongScreen(model: SongModel, frame: Frame, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    SongView(state, frame, remember(model) { model.acts() }, modifier)
}

@Composable
fun SongView(state: SongState, frame: Frame, acts: SongActs, modifier: Modifier = Modifier) {
    DetailScaffold(
        frame,
        acts.onBack,
        modifier,
        actions = { if (state.isLoaded && !state.isGone) Actions(state, acts) },
    ) { padding ->
        when {
            state.failure != null -> EmptyMessage(state.failure.text(LocalTexts.current.language), null, padding)
            state.isGone -> EmptyMessage(LocalTexts.current.song.gone, null, padding)
            state.isLoaded -> Body(state, acts, padding)
        }
    }
}

@Composable
private fun Actions(state: SongState, acts: SongActs) {
    val texts = LocalTexts.current
    if (state.mayEdit) SignButton(Icons.edit, texts.app.edit, acts.onEdit)
    Menu(Icons.more, texts.app.more) { close ->
        MenuAct(texts.song.history, acts.onHistory, close)
        if (state.mayEdit) MenuAct(texts.app.delete, acts.onDelete, close)
    }
}

@Composable
private fun Body(state: SongState, acts: SongActs, modifier: Modifier = Modifier) {
    DetailColumn(modifier) {
        DetailHead(state.title, state.artist, state.isUnsent)
        if (state.changes.isNotEmpty()) ChangesCard(state.changes, acts.onDismiss)
        FactCards(state.facts)
        state.notes?.let { Notes(it) }
        state.more.forEach { FactLine(it) }
        state.lastChange?.let { LastEditLine(it) }
    }
}
