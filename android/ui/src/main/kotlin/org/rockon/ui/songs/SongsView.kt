package org.rockon.ui.songs

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.rockon.Letter
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.SongOrder
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.parts.EmptyList
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.Reached
import org.rockon.ui.parts.SearchField
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.SwipeOut
import org.rockon.ui.parts.actions
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface SongsActs {
    fun search(text: String) {}

    /** Shows this band. */
    fun choose(band: ScopeId) {}

    fun open(song: RowId) {}

    fun add() {}

    fun import() {}

    /** This row is on screen. */
    fun reached(row: Int) {}

    /** To where a letter begins, until [arrived]. */
    fun jump(to: Letter) {}

    fun arrived() {}

    fun order(order: SongOrder) {}

    fun unreadOnly(on: Boolean) {}

    fun mineOnly(on: Boolean) {}

    fun ofAll(on: Boolean) {}

    fun markAllRead() {}

    fun delete(song: SongRow) {}

    /** Begins to choose, with this song if one is given. */
    fun select(song: RowId?) {}

    /** Chooses one, or does not any more. */
    fun toggle(song: RowId) {}

    fun selectNone() {}

    /** Asks for the setlist that the chosen ones are to be in. */
    fun askSetlist() {}

    fun closeSetlists() {}

    fun addTo(setlist: SetlistChoice) {}
}

@Composable
fun SongsView(state: SongsState, frame: Frame, acts: SongsActs, modifier: Modifier = Modifier) {
    Page({ SongsBar(state, acts) }, modifier, frame) { padding ->
        Column(padding) {
            SearchField(state.search, acts::search, LocalTexts.current.songs.search)
            Filters(state, acts)
            when {
                state.failure != null -> EmptyMessage(state.failure.text(LocalTexts.current.language), null)
                state.isEmpty -> Empty(state, frame.strip, acts)
                else -> Rows(state, acts)
            }
        }
    }
    state.setlists?.let { SetlistsDialog(it, acts) }
}

@Composable
private fun Empty(state: SongsState, strip: Strip?, acts: SongsActs) {
    when {
        state.search.isNotEmpty() -> {
            EmptyMessage(LocalTexts.current.app.nothingFound(state.search), null) {
                TextButton({ acts.search("") }) { Text(LocalTexts.current.app.clearSearch) }
            }
        }

        state.isUnreadOnly -> EmptyMessage(LocalTexts.current.songs.noneUnread, null)

        state.mayEdit -> {
            EmptyList(strip, LocalTexts.current.songs.empty, LocalTexts.current.songs.emptyHint) {
                MainButton(LocalTexts.current.songs.add, acts::add)
                TextButton(acts::import) { Text(LocalTexts.current.songs.importTitle) }
            }
        }

        else -> EmptyList(strip, LocalTexts.current.songs.empty, LocalTexts.current.songs.emptyViewer)
    }
}

/** Another search or order begins at the top; everything else leaves the list where it is. */
@Composable
private fun Rows(state: SongsState, acts: SongsActs) {
    val list = rememberLazyListState()
    val sought = state.run { "$order $isUnreadOnly $isMineOnly $isOfAll $search" }
    var shown by rememberSaveable { mutableStateOf(sought) }
    LaunchedEffect(sought) {
        if (shown != sought) list.scrollToItem(0)
        shown = sought
    }
    Reached(list, acts::reached)
    Goal(list, state, acts)
    val letters = state.letters.takeIf { state.hasLetters }
    Box(Modifier.fillMaxSize()) {
        LazyColumn(
            Modifier.fillMaxSize().padding(end = if (letters == null) 0.dp else lettersWidth() - Spacing.large + Spacing.small),
            list,
            contentPadding = PaddingValues(bottom = Spacing.huge),
        ) {
            item(key = "count", contentType = "count") { Count(state.count) }
            items(state.rows, key = { it.id.value }, contentType = { "song" }) { row ->
                Swiped(row, state, acts)
                HorizontalDivider(Modifier.padding(start = EDGE), color = LocalColours.current.line)
            }
        }
        letters?.let { Letters(it, list, acts, Modifier.align(Alignment.CenterEnd)) }
    }
}

/** The row of a letter goes to the top once it has been read. */
@Composable
private fun Goal(list: LazyListState, state: SongsState, acts: SongsActs) {
    val isThere = state.goal != null && state.goal < state.rows.size
    LaunchedEffect(state.goal, isThere) {
        if (state.goal == null || !isThere) return@LaunchedEffect
        list.scrollToItem(state.goal + 1)
        acts.arrived()
    }
}

@Composable
private fun Count(count: Int) = Quiet(
    LocalTexts.current.app.songs(count.toLong()),
    Modifier.padding(start = EDGE, end = Spacing.large, bottom = Spacing.small),
    MaterialTheme.typography.bodySmall,
)

/** A song that who may can swipe away; who cannot swipe has an action for it. */
@Composable
private fun Swiped(row: SongRow, state: SongsState, acts: SongsActs) {
    val name = LocalTexts.current.app.delete
    val mayEdit = (row.band ?: state.band)?.mayEdit == true
    val isEnabled = mayEdit && state.chosen == null
    val actions = remember(row, isEnabled, acts) { if (isEnabled) listOf(MenuAct(name) { acts.delete(row) }) else emptyList() }
    SwipeOut(name, { acts.delete(row) }, isEnabled = isEnabled) {
        SongLine(
            row,
            acts,
            Modifier.actions(actions),
            state.isAllRead,
            canChoose = mayEdit && !state.isOfAll,
            isChosen = state.chosen?.contains(row.id),
        )
    }
}
