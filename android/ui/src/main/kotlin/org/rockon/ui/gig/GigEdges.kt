package org.rockon.ui.gig

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.ui.hours
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.SignButton
import org.rockon.ui.songs.beside
import org.rockon.ui.texts.AppTexts
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing
import org.rockon.ui.tokens.TypeScale

/** Where in the set one is, and when it is. */
@Composable
internal fun GigHead(state: GigState, acts: GigActs, pill: @Composable RowScope.() -> Unit) {
    val texts = LocalTexts.current
    Row(Modifier.fillMaxWidth().padding(start = Spacing.large), verticalAlignment = Alignment.CenterVertically) {
        FlowRow(Modifier.weight(1f).heightIn(min = Sizes.touchGig), Arrangement.spacedBy(Spacing.large), Arrangement.Center) {
            if (!state.isAtEnd) {
                val (page, count) = state.page + 1L to state.pages.size.toLong()
                Small(
                    texts.gig.position(page, count),
                    Modifier.semantics { contentDescription = texts.gig.positionSaid(page, count) },
                    TypeScale.gigNext.copy(color = LocalColours.current.text),
                )
                if (state.left > 0) Small(texts.gig.timeLeft(state.left(texts.app)))
            }
            Small(state.clock)
        }
        pill()
        SignButton(Icons.more, texts.app.more, { acts.show(Sheet.MENU) }, Modifier.size(Sizes.touchGig))
    }
}

@Composable
private fun Small(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = TypeScale.gigNext.copy(color = LocalColours.current.textQuiet),
) = Text(text, modifier, style = style, maxLines = 1, overflow = TextOverflow.Ellipsis)

/** What comes after this page, and a way there for those who cannot see where a third ends. */
@Composable
internal fun GigFoot(state: GigState, acts: GigActs) {
    val texts = LocalTexts.current
    val next = state.pages.getOrNull(state.page + 1)
    val words =
        when {
            next != null -> texts.gig.next(beside(next.name(texts), (next as? Page.Song)?.key))
            state.isAtEnd -> null
            else -> texts.gig.last
        }
    Box(Modifier.fillMaxWidth().heightIn(min = Sizes.touchGig), Alignment.CenterStart) {
        words?.let {
            val touched = Modifier.clickable(onClickLabel = texts.gig.forward, role = Role.Button, onClick = acts::next)
            val room = touched.fillMaxWidth().heightIn(min = Sizes.touchGig).padding(Spacing.large, Spacing.medium)
            Quiet(it, room, TypeScale.gigNext, maxLines = 2)
        }
    }
}

/** A newer version waits. Nothing of it is shown until it is asked for. */
@Composable
internal fun Pill(update: Update?, acts: GigActs, modifier: Modifier = Modifier) {
    val colours = LocalColours.current
    val height = Sizes.touchGig * LocalDensity.current.fontScale.coerceAtLeast(1f)
    Box(modifier.height(height).padding(horizontal = Spacing.large), Alignment.CenterStart) {
        if (update == null) return@Box
        Box(
            Modifier
                .fillMaxHeight()
                .clip(RoundedCornerShape(Sizes.corner))
                .background(colours.chosenGround)
                .clickable(role = Role.Button) { acts.show(Sheet.UPDATE) }
                .padding(horizontal = Spacing.large)
                .semantics { liveRegion = LiveRegionMode.Polite },
            Alignment.Center,
        ) {
            Text(
                update.words(LocalTexts.current),
                color = colours.onChosenGround,
                style = TypeScale.row,
                maxLines = 2,
                overflow = TextOverflow.Ellipsis,
            )
        }
    }
}

/** A sign says that it is that much at least. */
private fun GigState.left(texts: AppTexts) = hours(left, texts).let { if (isMoreLeft) "> $it" else it }

/** "+1 −0, order" and by whom. */
internal fun Update.words(texts: Texts): String {
    if (isDeleted) return texts.gig.deletedMeanwhile
    val items = texts.gig.updatedItems(added, removed).takeIf { added + removed > 0 }
    val order = texts.gig.updatedOrder.takeIf { isReordered }
    val what = listOfNotNull(items, order).joinToString().ifEmpty { texts.gig.updatedDetails }
    return by?.let { texts.gig.updatedBy(it, what) } ?: texts.gig.updated(what)
}
