package org.rockon.ui.songs

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.TextField
import androidx.compose.material3.TextFieldDefaults
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.SongOrder
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.parts.EmptyList
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.SwipeOut
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class SongsActs(
    val onSearch: (String) -> Unit = {},
    val onChoose: (ScopeId) -> Unit = {},
    val onOpen: (RowId) -> Unit = {},
    val onAdd: () -> Unit = {},
    val onReach: (Int) -> Unit = {},
    val onOrder: (SongOrder) -> Unit = {},
    val onUnreadOnly: (Boolean) -> Unit = {},
    val onMineOnly: (Boolean) -> Unit = {},
    val onMarkAllRead: () -> Unit = {},
    val onDelete: (SongRow) -> Unit = {},
    val onSelect: (RowId?) -> Unit = {},
    val onToggle: (RowId) -> Unit = {},
    val onSelectNone: () -> Unit = {},
    val onAskSetlist: () -> Unit = {},
    val onCloseSetlists: () -> Unit = {},
    val onAddTo: (SetlistChoice) -> Unit = {},
    val onImport: () -> Unit = {},
)

@Composable
fun SongsScreen(model: SongsModel, frame: Frame, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    SongsView(state, frame, remember(model) { model.acts() }, modifier)
}

@Composable
fun SongsView(state: SongsState, frame: Frame, acts: SongsActs, modifier: Modifier = Modifier) {
    Scaffold(
        modifier,
        topBar = {
            Column {
                SongsBar(state, acts)
                StatusStrip(frame)
                Search(state, acts)
                Filters(state, acts)
            }
        },
    ) { padding ->
        when {
            state.failure != null -> {
                EmptyMessage(state.failure.text(LocalTexts.current.language), null, Modifier.padding(padding))
            }

            state.isEmpty -> Empty(state, frame.strip, acts, Modifier.padding(padding))

            else -> Rows(state, acts, padding)
        }
    }
    state.setlists?.let { SetlistsDialog(it, acts) }
}

@Composable
private fun Search(state: SongsState, acts: SongsActs) {
    val name = LocalTexts.current.songs.search
    TextField(
        state.search,
        acts.onSearch,
        // A placeholder is no name: it goes with the first letter.
        Modifier.fillMaxWidth().padding(horizontal = Spacing.large, vertical = Spacing.medium).semantics {
            contentDescription = name
        },
        placeholder = { Text(LocalTexts.current.songs.search, maxLines = 1, overflow = TextOverflow.Ellipsis) },
        leadingIcon = { Icon(Icons.search, contentDescription = null) },
        trailingIcon = {
            if (state.search.isNotEmpty()) SignButton(Icons.close, LocalTexts.current.app.clearSearch, { acts.onSearch("") })
        },
        singleLine = true,
        shape = CircleShape,
        keyboardOptions = KeyboardOptions(imeAction = ImeAction.Search),
        colors = TextFieldDefaults.colors(
            focusedIndicatorColor = Color.Transparent,
            unfocusedIndicatorColor = Color.Transparent,
        ),
    )
}

@Composable
private fun Empty(state: SongsState, strip: Strip?, acts: SongsActs, modifier: Modifier = Modifier) {
    when {
        state.search.isNotEmpty() -> {
            EmptyMessage(LocalTexts.current.app.nothingFound(state.search), null, modifier) {
                TextButton({ acts.onSearch("") }) { Text(LocalTexts.current.app.clearSearch) }
            }
        }

        state.isUnreadOnly -> EmptyMessage(LocalTexts.current.songs.noneUnread, null, modifier)

        state.mayEdit -> {
            EmptyList(strip, LocalTexts.current.songs.empty, LocalTexts.current.songs.emptyHint, modifier) {
                MainButton(LocalTexts.current.songs.add, acts.onAdd)
                TextButton(acts.onImport) { Text(LocalTexts.current.songs.importTitle) }
            }
        }

        else -> EmptyList(strip, LocalTexts.current.songs.empty, LocalTexts.current.songs.emptyViewer, modifier)
    }
}

/** Another search or order begins at the top; everything else leaves the list where it is. */
@Composable
private fun Rows(state: SongsState, acts: SongsActs, padding: PaddingValues) {
    val list = rememberLazyListState()
    val sought = "${state.order} ${state.isUnreadOnly} ${state.isMineOnly} ${state.search}"
    var shown by rememberSaveable { mutableStateOf(sought) }
    LaunchedEffect(sought) {
        if (shown != sought) list.scrollToItem(0)
        shown = sought
    }
    val reach by rememberUpdatedState(acts.onReach)
    LaunchedEffect(list) {
        snapshotFlow {
            list.layoutInfo.visibleItemsInfo
                .lastOrNull()
                ?.index ?: 0
        }.collect { reach(it) }
    }
    LazyColumn(Modifier.fillMaxSize().padding(padding), list, contentPadding = PaddingValues(bottom = Spacing.huge)) {
        item(key = "count", contentType = "count") {
            Text(
                LocalTexts.current.app.songs(state.count.toLong()),
                Modifier.padding(start = 36.dp, end = Spacing.large, bottom = Spacing.small),
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodySmall,
            )
        }
        items(state.rows, key = { it.id.value }, contentType = { "song" }) { row ->
            Swiped(row, state, acts)
            HorizontalDivider(Modifier.padding(start = 36.dp), color = LocalColours.current.line)
        }
    }
}

/** A song that who may can swipe away; who cannot swipe has an action for it. */
@Composable
private fun Swiped(row: SongRow, state: SongsState, acts: SongsActs) {
    val name = LocalTexts.current.app.delete
    val isEnabled = state.mayEdit && state.chosen == null
    val action = CustomAccessibilityAction(name) { true.also { acts.onDelete(row) } }
    val actions = if (isEnabled) Modifier.semantics { customActions = listOf(action) } else Modifier
    SwipeOut(name, { acts.onDelete(row) }, isEnabled = isEnabled) {
        SongLine(row, acts, actions, state.isAllRead, state.mayEdit, state.chosen?.contains(row.id))
    }
}
