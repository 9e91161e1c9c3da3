package org.rockon.ui.setlist

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Checkbox
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Scaffold
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import org.rockon.RowId
import org.rockon.text
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Lines
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.Reached
import org.rockon.ui.parts.SearchField
import org.rockon.ui.parts.inList
import org.rockon.ui.songs.SongRow
import org.rockon.ui.songs.beside
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface AddSongsActs {
    fun search(text: String) {}

    fun reach(row: Int) {}

    fun toggle(song: RowId) {}

    fun add() {}

    fun back() {}
}

@Composable
fun AddSongsView(state: AddSongsState, acts: AddSongsActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier.imePadding(),
        topBar = {
            Column {
                BackBar(texts.setlist.addSongs, acts::back, sign = Icons.close)
                SearchField(state.search, acts::search, texts.songs.search)
                state.failure?.let { FailureText(it.text(texts.language), Modifier.padding(horizontal = Spacing.large)) }
            }
        },
        bottomBar = {
            val isReady = state.chosen.isNotEmpty() && !state.isBusy
            val wide = Modifier.fillMaxWidth().padding(Spacing.large)
            MainButton(texts.setlist.addCount(state.chosen.size.toLong()), acts::add, wide, isReady)
        },
    ) { padding ->
        if (state.isLoaded && state.rows.isEmpty()) {
            val title = if (state.search.isEmpty()) texts.songs.empty else texts.app.nothingFound(state.search)
            EmptyMessage(title, null, Modifier.padding(padding))
        } else {
            Choices(state, acts, Modifier.padding(padding))
        }
    }
}

@Composable
private fun Choices(state: AddSongsState, acts: AddSongsActs, modifier: Modifier = Modifier) {
    val list = rememberLazyListState()
    Reached(list, acts::reach)
    LazyColumn(modifier.fillMaxSize(), list) {
        items(state.rows, key = { it.id.value }) { row ->
            ChoiceLine(row, row.id in state.chosen, row.id in state.there, acts::toggle)
            HorizontalDivider(color = LocalColours.current.line)
        }
    }
}

@Composable
private fun ChoiceLine(row: SongRow, isChosen: Boolean, isThere: Boolean, onToggle: (RowId) -> Unit) {
    val texts = LocalTexts.current
    val there = if (isThere) texts.setlist.inList else null
    Row(
        Modifier
            .fillMaxWidth()
            .toggleable(isChosen, role = Role.Checkbox) { onToggle(row.id) }
            .inList(),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Checkbox(isChosen, onCheckedChange = null, Modifier.padding(end = Spacing.large))
        Lines(row.title, beside(row.artist, row.key, row.length, there).ifEmpty { null })
    }
}
