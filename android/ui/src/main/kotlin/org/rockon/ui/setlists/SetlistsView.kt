package org.rockon.ui.setlists

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Scaffold
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.bands.BandBar
import org.rockon.ui.parts.AddButton
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.MoreMenu
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts

/** What can be done there. */
@Stable
interface SetlistsActs {
    fun choose(band: ScopeId) {}

    fun open(setlist: RowId) {}

    fun add() {}

    fun archive() {}

    fun back() {}

    fun duplicate(setlist: RowId, name: String) {}

    /** Into the archive, or out of it. */
    fun putAway(setlist: RowId) {}

    fun delete(setlist: RowId) {}
}

@Composable
fun SetlistsView(state: SetlistsState, frame: Frame, acts: SetlistsActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier,
        topBar = {
            Column {
                if (state.isArchive) BackBar(texts.setlists.archiveTitle, acts::back) else Bar(state, acts)
                StatusStrip(frame)
            }
        },
        floatingActionButton = { if (state.mayEdit && !state.isArchive) AddButton(texts.setlists.add, acts::add) },
    ) { padding ->
        when {
            state.failure != null -> EmptyMessage(state.failure.text(texts.language), null, Modifier.padding(padding))
            state.isEmpty -> Empty(state, Modifier.padding(padding))
            else -> Rows(state, acts, padding)
        }
    }
}

@Composable
private fun Bar(state: SetlistsState, acts: SetlistsActs) = BandBar(state.bands, acts::choose) {
    MoreMenu(listOf(MenuAct(LocalTexts.current.setlists.archiveTitle, acts::archive)))
}

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
            SetlistLine(row, if (state.mayEdit) row.menu(state.isArchive, acts) else emptyList(), acts::open)
            HorizontalDivider(Modifier.padding(start = 36.dp), color = LocalColours.current.line)
        }
    }
}

@Composable
private fun SetlistRow.menu(isArchive: Boolean, acts: SetlistsActs): List<MenuAct> {
    val texts = LocalTexts.current
    return remember(this, isArchive, acts, texts) {
        listMenu(name, isArchive, texts, { acts.duplicate(id, it) }, { acts.putAway(id) }, { acts.delete(id) })
    }
}

/** What is done to a setlist as a whole. */
internal fun listMenu(
    name: String,
    isArchived: Boolean,
    texts: Texts,
    onDuplicate: (String) -> Unit,
    onPutAway: () -> Unit,
    onDelete: () -> Unit,
) = listOf(
    MenuAct(texts.app.duplicate) { onDuplicate(texts.setlists.duplicateName(name)) },
    MenuAct(if (isArchived) texts.setlists.unarchive else texts.app.archive, onPutAway),
    MenuAct(texts.app.delete, onDelete),
)
