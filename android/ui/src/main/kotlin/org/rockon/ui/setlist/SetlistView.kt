package org.rockon.ui.setlist

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.rockon.RowId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.parts.AddButton
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.MoreMenu
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.rememberReorder
import org.rockon.ui.parts.reorders
import org.rockon.ui.setlists.listMenu
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface SetlistActs {
    fun back() {}

    fun dismiss() {}

    fun open(song: RowId) {}

    /** Puts an item at a place, counted without it. */
    fun move(item: String, to: Int) {}

    fun remove(item: String, title: String) {}

    fun editItem(item: ItemRow) {}

    fun addSongs() {}

    fun addBreak() {}

    /** It is called [title] until it is given a name. */
    fun addSection(title: String) {}

    fun edit() {}

    fun share() {}

    fun print() {}

    fun duplicate(name: String) {}

    fun putAway() {}

    fun delete() {}

    /** Onto the stage with it. */
    fun start() {}
}

@Composable
fun SetlistView(state: SetlistState, frame: Frame, acts: SetlistActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    val isThere = state.isLoaded && state.gone == null
    Scaffold(
        modifier,
        topBar = {
            Column {
                BackBar("", acts::back) { if (isThere) Actions(state, acts) }
                StatusStrip(frame)
            }
        },
        floatingActionButton = { if (isThere && state.mayEdit) AddButton(texts.setlist.addSongs, acts::addSongs) },
    ) { padding ->
        when {
            state.failure != null -> EmptyMessage(state.failure.text(texts.language), null, Modifier.padding(padding))
            state.gone != null -> EmptyMessage(state.gone.words(texts), null, Modifier.padding(padding))
            state.isLoaded -> Items(state, acts, padding)
        }
    }
}

private fun Gone.words(texts: Texts): String = by?.let { texts.editor.deleted(it, texts.setlist.thing) } ?: texts.setlist.gone

@Composable
private fun Actions(state: SetlistState, acts: SetlistActs) {
    val texts = LocalTexts.current
    if (state.songs > 0) TextButton(acts::start) { Text(texts.setlist.startGig, color = LocalColours.current.accent) }
    if (state.mayEdit) SignButton(Icons.edit, texts.app.edit, acts::edit)
    MoreMenu(remember(state.name, state.mayEdit, state.isArchived, acts, texts) { state.menu(acts, texts) })
}

private fun SetlistState.menu(acts: SetlistActs, texts: Texts): List<MenuAct> = listOfNotNull(
    MenuAct(texts.setlist.addPause, acts::addBreak).takeIf { mayEdit },
    MenuAct(texts.setlist.addSection) { acts.addSection(texts.setlist.section) }.takeIf { mayEdit },
    MenuAct(texts.setlist.shareText, acts::share),
    MenuAct(texts.setlist.print, acts::print),
) + if (mayEdit) listMenu(name, isArchived, texts, acts::duplicate, acts::putAway, acts::delete) else emptyList()

/** A row is held by a long press and goes where the finger does; who cannot do that has its menu. */
@Composable
private fun Items(state: SetlistState, acts: SetlistActs, padding: PaddingValues) {
    val list = rememberLazyListState()
    val reorder = rememberReorder(list, state.rows) { it.key }
    val holding = if (state.mayEdit) Modifier.reorders(reorder, state.rows) { row, to -> acts.move(row.id, to) } else Modifier
    val rows = reorder.order ?: state.rows
    LazyColumn(
        Modifier.fillMaxSize().padding(padding).then(holding),
        list,
        contentPadding = PaddingValues(bottom = 96.dp),
    ) {
        item(key = "head", contentType = "head") { SetlistHead(state, acts) }
        items(rows, key = { it.key }, contentType = { it::class }) { row ->
            val isHeld = reorder.held == row.key
            HeldRow(isHeld, { reorder.shift(row.key) }, if (isHeld) Modifier else Modifier.animateItem()) {
                ItemLine(row, state, acts)
            }
        }
        if (rows.isEmpty()) item(key = "empty") { NothingIn(state.mayEdit) }
    }
    state.moved?.let { Said(LocalTexts.current.setlist.moved(it.place.toLong(), it.of.toLong())) }
}

/** Told apart from what else is in the list. */
internal val ItemRow.key: String get() = "item/$id"

@Composable
private fun NothingIn(mayEdit: Boolean) {
    val texts = LocalTexts.current.setlist
    Column(Modifier.padding(Spacing.large)) {
        Text(texts.empty, style = MaterialTheme.typography.titleLarge)
        if (mayEdit) Quiet(texts.emptyHint, style = MaterialTheme.typography.bodyLarge)
    }
}

/** What a screen reader says when it changes; nothing to see. */
@Composable
private fun Said(words: String) = Box(
    Modifier.size(1.dp).semantics {
        liveRegion = LiveRegionMode.Polite
        contentDescription = words
    },
)
