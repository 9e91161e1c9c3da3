package org.rockon.ui.setlist

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import androidx.compose.ui.zIndex
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.MoreMenu
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.SwipeOut
import org.rockon.ui.parts.actions
import org.rockon.ui.songs.beside
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** The row that a finger holds lies over the others, and is where the finger is. */
@Composable
internal fun HeldRow(isHeld: Boolean, shift: () -> Float, modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    Box(
        modifier.zIndex(if (isHeld) 1f else 0f).graphicsLayer {
            translationY = shift()
            shadowElevation = if (isHeld) 8.dp.toPx() else 0f
        },
    ) { content() }
}

/** An item: opened by a touch, swiped out, and everything else in its menu. */
@Composable
internal fun ItemLine(row: ItemRow, state: SetlistState, acts: SetlistActs) {
    val texts = LocalTexts.current
    if (!state.mayEdit) return Line(row, emptyList(), row.opening(acts, mayEdit = false))
    val menu = remember(row, state.rows, acts, texts) { row.menu(state.rows, acts, texts) }
    SwipeOut(texts.app.remove, { acts.remove(row.id, row.name(texts)) }) {
        Line(row, menu, row.opening(acts, mayEdit = true))
    }
}

/** What a touch does: a song is looked at, everything else is edited. */
private fun ItemRow.opening(acts: SetlistActs, mayEdit: Boolean): (() -> Unit)? = when {
    this is ItemRow.Song -> song?.takeIf { title != null }?.let { { acts.open(it) } }
    mayEdit && sort != null -> ({ acts.editItem(this) })
    else -> null
}

internal fun ItemRow.name(texts: Texts): String = when (this) {
    is ItemRow.Song -> title ?: texts.setlist.songGone
    is ItemRow.Break -> texts.setlist.pauseMinutes(minutes)
    is ItemRow.Section -> title
    is ItemRow.Other -> texts.setlist.unknownItem
}

private fun ItemRow.menu(rows: List<ItemRow>, acts: SetlistActs, texts: Texts): List<MenuAct> {
    val (at, last) = rows.indexOf(this) to rows.lastIndex
    val edit = if (this is ItemRow.Song) texts.setlist.itemNotes else texts.app.edit
    val places = listOf(
        (at - 1).takeIf { at > 0 } to texts.setlist.moveUp,
        (at + 1).takeIf { at < last } to texts.setlist.moveDown,
        0.takeIf { at > 1 } to texts.setlist.moveFirst,
        last.takeIf { at < last - 1 } to texts.setlist.moveLast,
    )
    return listOfNotNull(MenuAct(edit) { acts.editItem(this) }.takeIf { sort != null }) +
        places.mapNotNull { (to, name) -> to?.let { MenuAct(name) { acts.move(id, it) } } } +
        MenuAct(texts.app.remove) { acts.remove(id, name(texts)) }
}

@Composable
private fun Line(row: ItemRow, menu: List<MenuAct>, onOpen: (() -> Unit)?) {
    val colours = LocalColours.current
    Column(Modifier.background(if (row is ItemRow.Section) colours.surfaceHigh else colours.background)) {
        Row(
            Modifier
                .fillMaxWidth()
                .then(if (onOpen == null) Modifier.semantics(true) {} else Modifier.clickable(onClick = onOpen))
                .actions(menu)
                .heightIn(min = if (row is ItemRow.Song) Sizes.row else Sizes.touch)
                .padding(start = Spacing.medium, end = if (menu.isEmpty()) Spacing.large else 0.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            when (row) {
                is ItemRow.Song -> Song(row)
                is ItemRow.Section -> Section(row)
                is ItemRow.Break -> Named(row, row.notes)
                is ItemRow.Other -> Named(row, null)
            }
            MoreMenu(menu, row.name(LocalTexts.current))
        }
        HorizontalDivider(Modifier.padding(start = 52.dp), color = colours.line)
    }
}

@Composable
private fun RowScope.Song(row: ItemRow.Song) {
    val below = beside(row.length, row.tempo?.let(LocalTexts.current.app::tempo), row.artist)
    Number("${row.number}")
    Words(row.name(LocalTexts.current), below, row.notes, isQuiet = row.title == null)
    row.key?.let {
        Text(
            it,
            Modifier.padding(start = Spacing.medium).widthIn(min = 40.dp, max = 110.dp),
            style = MaterialTheme.typography.titleLarge,
            textAlign = TextAlign.End,
            maxLines = 1,
            overflow = TextOverflow.Ellipsis,
        )
    }
}

@Composable
private fun RowScope.Section(row: ItemRow.Section) = Text(
    row.title,
    Modifier
        .weight(1f).padding(start = Spacing.medium, top = Spacing.medium, bottom = Spacing.medium)
        .semantics { heading() },
    color = LocalColours.current.accent,
    style = MaterialTheme.typography.titleMedium,
)

@Composable
private fun RowScope.Named(row: ItemRow, notes: String?) {
    Number("")
    Words(row.name(LocalTexts.current), "", notes, isQuiet = true)
}

@Composable
private fun Number(text: String) = Text(
    text,
    Modifier.widthIn(min = 36.dp).padding(end = Spacing.medium),
    color = LocalColours.current.textQuiet,
    style = MaterialTheme.typography.titleMedium,
    textAlign = TextAlign.End,
    maxLines = 1,
)

@Composable
private fun RowScope.Words(title: String, below: String, notes: String?, isQuiet: Boolean) {
    val colours = LocalColours.current
    val type = MaterialTheme.typography
    Column(Modifier.weight(1f).padding(vertical = Spacing.medium), Arrangement.spacedBy(Spacing.hair)) {
        val ink = if (isQuiet) colours.textQuiet else colours.text
        Text(title, color = ink, style = type.titleMedium, maxLines = 2, overflow = TextOverflow.Ellipsis)
        if (below.isNotEmpty()) Quiet(below, maxLines = 1)
        notes?.let { Text(it, color = colours.accent, style = type.bodyMedium) }
    }
}
