package org.rockon.ui.songs

import androidx.compose.foundation.background
import androidx.compose.foundation.combinedClickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.selection.selectable
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.rockon.RowId
import org.rockon.ui.bands.title
import org.rockon.ui.parts.UnreadDot
import org.rockon.ui.parts.UnsentMark
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** Where text begins: the mark of what is new stands before it. */
internal val EDGE = 36.dp

/**
 * A song: what is new at the left edge, its key at the right one, where the eye finds it. Touched for long it is chosen.
 *
 * @property isChosen null while none is being chosen
 */
@Composable
fun SongLine(
    row: SongRow,
    acts: SongsActs,
    modifier: Modifier = Modifier,
    isRead: Boolean = false,
    canChoose: Boolean = false,
    isChosen: Boolean? = null,
) {
    val isUnread = row.isUnread && !isRead
    val below = beside(row.band?.title(), row.artist, row.length, row.tempo?.let(LocalTexts.current.app::tempo))
    Row(
        modifier
            .fillMaxWidth()
            .background(if (isChosen == true) LocalColours.current.chosenGround else Color.Transparent)
            .touched(row.id, acts, canChoose, isChosen)
            .heightIn(min = Sizes.row)
            .padding(end = Spacing.large, top = Spacing.medium, bottom = Spacing.medium),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Box(Modifier.width(EDGE), contentAlignment = Alignment.Center) {
            when {
                isChosen == true -> Icon(Icons.tick, contentDescription = null)
                isUnread -> UnreadDot()
            }
        }
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(2.dp)) {
            Text(
                row.title,
                fontWeight = if (isUnread) FontWeight.Bold else FontWeight.Medium,
                style = MaterialTheme.typography.titleMedium,
                maxLines = 2,
                overflow = TextOverflow.Ellipsis,
            )
            if (below.isNotEmpty()) {
                Text(
                    below,
                    color = LocalColours.current.textQuiet,
                    style = MaterialTheme.typography.bodyMedium,
                    maxLines = 1,
                    overflow = TextOverflow.Ellipsis,
                )
            }
        }
        if (row.isUnsent) UnsentMark(Modifier.padding(start = Spacing.medium))
        row.key?.let { Key(it) }
    }
}

@Composable
private fun Modifier.touched(id: RowId, acts: SongsActs, canChoose: Boolean, isChosen: Boolean?): Modifier =
    if (isChosen == null) {
        combinedClickable(
            onLongClickLabel = LocalTexts.current.app.select.takeIf { canChoose },
            onLongClick = { acts.select(id) }.takeIf { canChoose },
            onClick = { acts.open(id) },
        )
    } else {
        selectable(isChosen, role = Role.Checkbox) { acts.toggle(id) }
    }

@Composable
private fun Key(key: String) {
    Text(
        key,
        Modifier.padding(start = Spacing.medium).widthIn(min = 40.dp, max = 150.dp),
        style = MaterialTheme.typography.titleLarge,
        textAlign = TextAlign.End,
        maxLines = 1,
        overflow = TextOverflow.Ellipsis,
    )
}
