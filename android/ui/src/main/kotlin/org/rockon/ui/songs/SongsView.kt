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
import androidx.compose.material3.ExtendedFloatingActionButton
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
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.bands.BandBar
import org.rockon.ui.parts.EmptyList
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.Strip
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
)

@Composable
fun SongsScreen(
    model: SongsModel,
    frame: Frame,
    modifier: Modifier = Modifier,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts =
        remember(model) {
            SongsActs(model::search, model::choose, model::open, model::add, model::reached)
        }
    SongsView(state, frame, acts, modifier)
}

@Composable
fun SongsView(
    state: SongsState,
    frame: Frame,
    acts: SongsActs,
    modifier: Modifier = Modifier,
) {
    Scaffold(
        modifier,
        topBar = {
            Column {
                BandBar(state.bands, acts.onChoose)
                StatusStrip(frame)
                Search(state, acts)
            }
        },
        floatingActionButton = { if (state.band?.mayEdit == true) Add(acts) },
    ) { padding ->
        when {
            state.failure != null -> {
                EmptyMessage(
                    state.failure.text(LocalTexts.current.language),
                    null,
                    Modifier.padding(padding),
                )
            }

            state.isEmpty -> {
                Empty(state, frame.strip, acts, Modifier.padding(padding))
            }

            else -> {
                Rows(state, acts, padding)
            }
        }
    }
}

@Composable
private fun Search(
    state: SongsState,
    acts: SongsActs,
) {
    val name = LocalTexts.current.songs.search
    TextField(
        state.search,
        acts.onSearch,
        // A placeholder is no name: it goes with the first letter.
        Modifier.fillMaxWidth().padding(horizontal = Spacing.large, vertical = Spacing.medium).semantics {
            contentDescription =
                name
        },
        placeholder = { Text(LocalTexts.current.songs.search, maxLines = 1, overflow = TextOverflow.Ellipsis) },
        leadingIcon = { Icon(Icons.search, contentDescription = null) },
        trailingIcon = {
            if (state.search.isNotEmpty()) SignButton(Icons.close, LocalTexts.current.app.clearSearch, { acts.onSearch("") })
        },
        singleLine = true,
        shape = CircleShape,
        keyboardOptions = KeyboardOptions(imeAction = ImeAction.Search),
        colors =
            TextFieldDefaults.colors(
                focusedIndicatorColor = Color.Transparent,
                unfocusedIndicatorColor = Color.Transparent,
            ),
    )
}

@Composable
private fun Add(acts: SongsActs) {
    ExtendedFloatingActionButton(acts.onAdd) {
        Icon(Icons.add, contentDescription = null)
        Text(LocalTexts.current.songs.add, Modifier.padding(start = Spacing.medium), style = MaterialTheme.typography.labelLarge)
    }
}

@Composable
private fun Empty(
    state: SongsState,
    strip: Strip?,
    acts: SongsActs,
    modifier: Modifier = Modifier,
) {
    when {
        state.search.isNotEmpty() -> {
            EmptyMessage(LocalTexts.current.app.nothingFound(state.search), null, modifier) {
                TextButton({ acts.onSearch("") }) { Text(LocalTexts.current.app.clearSearch) }
            }
        }

        state.band?.mayEdit == true -> {
            EmptyList(strip, LocalTexts.current.songs.empty, null, modifier)
        }

        else -> {
            EmptyList(strip, LocalTexts.current.songs.empty, LocalTexts.current.songs.emptyViewer, modifier)
        }
    }
}

/** Another search begins at the top; everything else leaves the list where it is. */
@Composable
private fun Rows(
    state: SongsState,
    acts: SongsActs,
    padding: PaddingValues,
) {
    val list = rememberLazyListState()
    var searched by rememberSaveable { mutableStateOf(state.search) }
    LaunchedEffect(state.search) {
        if (searched != state.search) list.scrollToItem(0)
        searched = state.search
    }
    val reach by rememberUpdatedState(acts.onReach)
    LaunchedEffect(list) {
        snapshotFlow {
            list.layoutInfo.visibleItemsInfo
                .lastOrNull()
                ?.index ?: 0
        }.collect { reach(it) }
    }
    LazyColumn(Modifier.fillMaxSize().padding(padding), list, contentPadding = PaddingValues(bottom = 96.dp)) {
        item(key = "count", contentType = "count") {
            Text(
                LocalTexts.current.app.songs(state.count.toLong()),
                Modifier.padding(start = 36.dp, end = Spacing.large, bottom = Spacing.small),
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodySmall,
            )
        }
        items(state.rows, key = { it.id.value }, contentType = { "song" }) { row ->
            SongLine(row, acts.onOpen)
            HorizontalDivider(Modifier.padding(start = 36.dp), color = LocalColours.current.line)
        }
    }
}
