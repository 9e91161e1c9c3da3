package org.rockon.ui.setlists

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.bands.BandBar
import org.rockon.ui.parts.AddButton
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.MoreMenu
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts

/** What can be done there. */
@Immutable
data class SetlistsActs(
    val onChoose: (ScopeId) -> Unit = {},
    val onOpen: (RowId) -> Unit = {},
    val onAdd: () -> Unit = {},
    val onArchive: () -> Unit = {},
    val onBack: () -> Unit = {},
    val onDuplicate: (RowId, String) -> Unit = { _, _ -> },
    val onPutAway: (RowId) -> Unit = {},
    val onDelete: (RowId) -> Unit = {},
)

@Composable
fun SetlistsScreen(model: SetlistsModel, frame: Frame, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts = remember(model) {
        SetlistsActs(
            onChoose = model::choose,
            onOpen = model::open,
            onAdd = model::add,
            onArchive = model::archive,
            onBack = model::back,
            onDuplicate = model::duplicate,
            onPutAway = model::putAway,
            onDelete = model::delete,
        )
    }
    SetlistsView(state, frame, acts, modifier)
}

@Composable
fun SetlistsView(state: SetlistsState, frame: Frame, acts: SetlistsActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier,
        topBar = {
            Column {
                if (state.isArchive) ArchiveBar(acts.onBack) else Bar(state, acts)
                StatusStrip(frame)
            }
        },
        floatingActionButton = { if (state.mayEdit && !state.isArchive) AddButton(texts.setlists.add, acts.onAdd) },
    ) { padding ->
        when {
            state.failure != null -> EmptyMessage(state.failure.text(texts.language), null, Modifier.padding(padding))
            state.isEmpty -> Empty(state, Modifier.padding(padding))
            else -> Rows(state, acts, padding)
        }
    }
}

@Composable
private fun Bar(state: SetlistsState, acts: SetlistsActs) = BandBar(state.bands, acts.onChoose) {
    MoreMenu(listOf(MenuAct(LocalTexts.current.setlists.archiveTitle, acts.onArchive)))
}

@Composable
private fun ArchiveBar(onBack: () -> Unit) = TopAppBar(
    title = { Text(LocalTexts.current.setlists.archiveTitle) },
    navigationIcon = { SignButton(Icons.back, LocalTexts.current.app.back, onBack) },
    colors = TopAppBarDefaults.topAppBarColors(containerColor = LocalColours.current.background),
)

@Composable
private fun Empty(state: SetlistsState, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current.setlists
    when {
        state.isArchive -> EmptyMessage(texts.archiveEmpty, null, modifier)
        state.mayEdit -> EmptyMessage(texts.empty, texts.emptyHint, modifier)
        else -> EmptyMessage(texts.empty, texts.emptyViewer, modifier)
    }
}

@Composable
private fun Rows(state: SetlistsState, acts: SetlistsActs, padding: PaddingValues) {
    LazyColumn(Modifier.fillMaxSize().padding(padding), contentPadding = PaddingValues(bottom = 96.dp)) {
        items(state.rows, key = { it.id.value }) { row ->
            SetlistLine(row, if (state.mayEdit) row.menu(state.isArchive, acts) else emptyList(), acts.onOpen)
            HorizontalDivider(Modifier.padding(start = 36.dp), color = LocalColours.current.line)
        }
    }
}

@Composable
private fun SetlistRow.menu(isArchive: Boolean, acts: SetlistsActs): List<MenuAct> {
    val texts = LocalTexts.current
    val away = if (isArchive) texts.setlists.unarchive else texts.app.archive
    return remember(this, isArchive, acts, texts) {
        listOfNotNull(
            MenuAct(texts.app.duplicate) { acts.onDuplicate(id, texts.setlists.duplicateName(name)) },
            MenuAct(away) { acts.onPutAway(id) },
            MenuAct(texts.app.delete) { acts.onDelete(id) },
        )
    }
}
