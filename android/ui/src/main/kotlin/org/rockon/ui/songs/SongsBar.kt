package org.rockon.ui.songs

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.FilterChip
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.selected
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.SongOrder
import org.rockon.ui.bands.BandBar
import org.rockon.ui.parts.Menu
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.MoreMenu
import org.rockon.ui.parts.SignButton
import org.rockon.ui.texts.SongsTexts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** The bar of the list, or while songs are chosen that of the choice. */
@Composable
internal fun SongsBar(state: SongsState, acts: SongsActs) {
    if (state.chosen != null) {
        ChosenBar(state.chosen.size, acts)
    } else {
        BandBar(state.bands, acts::choose) {
            if (state.mayEdit) SignButton(Icons.add, LocalTexts.current.songs.add, acts::add)
            Menu(Icons.sort, LocalTexts.current.app.sort) { Sorting(state, acts) }
            More(state, acts)
        }
    }
}

/** Stays open: one looks what it does, and chooses on. */
@Composable
private fun Sorting(state: SongsState, acts: SongsActs) {
    val texts = LocalTexts.current.songs
    SongOrder.entries.forEach { order -> Choice(order.name(texts), order == state.order) { acts.order(order) } }
    HorizontalDivider(color = LocalColours.current.line)
    Choice(texts.filterUnread, state.isUnreadOnly) { acts.unreadOnly(!state.isUnreadOnly) }
    Choice(texts.filterMine, state.isMineOnly) { acts.mineOnly(!state.isMineOnly) }
    if (state.bands.canSwitch) Choice(LocalTexts.current.app.allBands, state.isOfAll) { acts.ofAll(!state.isOfAll) }
}

@Composable
private fun Choice(name: String, isOn: Boolean, onClick: () -> Unit) = DropdownMenuItem(
    { Text(name, style = MaterialTheme.typography.bodyLarge) },
    onClick,
    Modifier.semantics { selected = isOn },
    trailingIcon = { if (isOn) Icon(Icons.tick, contentDescription = null) },
)

@Composable
private fun More(state: SongsState, acts: SongsActs) {
    val texts = LocalTexts.current
    MoreMenu(
        listOfNotNull(
            MenuAct(texts.songs.markAllRead, acts::markAllRead),
            MenuAct(texts.app.select) { acts.select(null) }.takeIf { state.mayEdit && !state.isOfAll },
            MenuAct(texts.songs.importTitle, acts::import).takeIf { state.mayEdit },
        ),
    )
}

/** How many are chosen, and what to do with them. */
@Composable
private fun ChosenBar(count: Int, acts: SongsActs) = TopAppBar(
    title = { Text(LocalTexts.current.app.selected(count.toLong()), maxLines = 1, overflow = TextOverflow.Ellipsis) },
    navigationIcon = { SignButton(Icons.close, LocalTexts.current.app.cancel, acts::selectNone) },
    actions = { TextButton(acts::askSetlist, enabled = count > 0) { Text(LocalTexts.current.songs.addToSetlist) } },
    colors = TopAppBarDefaults.topAppBarColors(containerColor = LocalColours.current.chosenGround),
)

/** A list that does not show everything says so. */
@Composable
internal fun Filters(state: SongsState, acts: SongsActs) {
    val texts = LocalTexts.current.songs
    if (!state.isFiltered) return
    FlowRow(Modifier.padding(horizontal = Spacing.large), Arrangement.spacedBy(Spacing.medium)) {
        if (state.isUnreadOnly) Filter(texts.filterUnread) { acts.unreadOnly(false) }
        if (state.isMineOnly) Filter(texts.filterMine) { acts.mineOnly(false) }
        if (state.isOfAll) Filter(LocalTexts.current.app.allBands) { acts.ofAll(false) }
    }
}

@Composable
private fun Filter(name: String, onOff: () -> Unit) =
    FilterChip(true, onOff, { Text(name) }, trailingIcon = { Icon(Icons.close, contentDescription = null) })

/** Which setlist the chosen songs are to be in. */
@Composable
internal fun SetlistsDialog(setlists: List<SetlistChoice>, acts: SongsActs) = AlertDialog(
    onDismissRequest = acts::closeSetlists,
    confirmButton = { TextButton(acts::closeSetlists) { Text(LocalTexts.current.app.cancel) } },
    title = { Text(LocalTexts.current.songs.addToSetlist) },
    text = {
        if (setlists.isEmpty()) Text(LocalTexts.current.setlists.empty)
        LazyColumn { items(setlists, { it.id.value }) { TextButton({ acts.addTo(it) }) { Text(it.name) } } }
    },
)

private fun SongOrder.name(texts: SongsTexts): String = when (this) {
    SongOrder.TITLE -> texts.sortTitle
    SongOrder.ARTIST -> texts.sortArtist
    SongOrder.KEY -> texts.sortKey
    SongOrder.NEWEST -> texts.sortRecent
}
