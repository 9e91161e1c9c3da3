package org.rockon.ui.setlists

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.rockon.RowId
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.MoreMenu
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.UnreadDot
import org.rockon.ui.parts.UnsentMark
import org.rockon.ui.parts.actions
import org.rockon.ui.songs.beside
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** A setlist: what is new at the left edge, the date of its show first, because one asks for the next gig. */
@Composable
internal fun SetlistLine(row: SetlistRow, menu: List<MenuAct>, onOpen: (RowId) -> Unit, modifier: Modifier = Modifier) {
    Row(
        modifier
            .fillMaxWidth()
            .clickable { onOpen(row.id) }
            .actions(menu)
            .heightIn(min = Sizes.row)
            .padding(end = if (menu.isEmpty()) Spacing.large else Spacing.small),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Box(Modifier.width(36.dp), contentAlignment = Alignment.Center) { if (row.isUnread) UnreadDot() }
        Column(Modifier.weight(1f).padding(vertical = Spacing.medium), verticalArrangement = Arrangement.spacedBy(Spacing.hair)) {
            Text(
                row.name,
                fontWeight = if (row.isUnread) FontWeight.Bold else FontWeight.Medium,
                style = MaterialTheme.typography.titleMedium,
                maxLines = 2,
                overflow = TextOverflow.Ellipsis,
            )
            Quiet(beside(row.date, LocalTexts.current.app.songs(row.songs), row.length), maxLines = 2)
        }
        if (row.isUnsent) UnsentMark(Modifier.padding(start = Spacing.medium))
        MoreMenu(menu, row.name)
    }
}
