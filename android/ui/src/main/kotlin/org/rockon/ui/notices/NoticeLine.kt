package org.rockon.ui.notices

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.rockon.Kind
import org.rockon.text
import org.rockon.ui.bands.title
import org.rockon.ui.conflict.columnName
import org.rockon.ui.device.Allowed
import org.rockon.ui.parts.Card
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.UnreadDot
import org.rockon.ui.parts.WarningCard
import org.rockon.ui.songs.beside
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing
import org.rockon.why

/** Where the words of a notice begin: after the sign of what is new. */
internal val EDGE = 36.dp

/** A notice: what is new at the left edge, as in every list. */
@Composable
internal fun NoticeLine(row: NoticeRow, state: NoticesState, acts: NoticesActs) {
    val isNew = row.isUnseen && !state.isClearing
    Column {
        Row(
            Modifier
                .fillMaxWidth()
                .clickable(enabled = isNew || row.leads.isNotEmpty()) { acts.open(row) }
                .heightIn(min = Sizes.row)
                .padding(end = Spacing.medium, top = Spacing.medium, bottom = Spacing.medium),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            Box(Modifier.width(EDGE), contentAlignment = Alignment.Center) { if (isNew) UnreadDot() }
            Said(row.text, beside(row.at, state.bandOf(row)?.title()), isNew, Modifier.weight(1f))
            if (isNew) SignButton(Icons.check, LocalTexts.current.notices.markSeen, { acts.see(row.id) })
        }
        if (state.opened == row.id) row.leads.forEach { LeadLine(it, acts::lead) }
        HorizontalDivider(Modifier.padding(start = EDGE), color = LocalColours.current.line)
    }
}

@Composable
private fun Said(text: String, below: String, isNew: Boolean, modifier: Modifier = Modifier) {
    Column(modifier, Arrangement.spacedBy(2.dp)) {
        Text(text, fontWeight = FontWeight.Medium.takeIf { isNew }, style = MaterialTheme.typography.bodyLarge)
        Text(
            below,
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.bodyMedium,
            maxLines = 2,
            overflow = TextOverflow.Ellipsis,
        )
    }
}

@Composable
private fun LeadLine(lead: Lead, onLead: (Lead) -> Unit) {
    Text(
        lead.name(LocalTexts.current),
        Modifier.fillMaxWidth().clickable { onLead(lead) }.heightIn(min = Sizes.touch).padding(
            start = EDGE + Spacing.large,
            end = Spacing.large,
            top = Spacing.large,
        ),
        color = LocalColours.current.accent,
        style = MaterialTheme.typography.titleMedium,
        maxLines = 1,
        overflow = TextOverflow.Ellipsis,
    )
}

/** A practice has no name but its day, which the notice says. */
private fun Lead.name(texts: Texts): String = if (kind == Kind.PRACTICE) texts.calendar.practice else title

/** What waits for a choice: on a ground that says so. */
@Composable
internal fun WaitingLine(waiting: Waiting, onOpen: (Waiting) -> Unit) {
    val texts = LocalTexts.current
    WarningCard(waiting.words(texts), Modifier.clickable { onOpen(waiting) }, waiting.below(texts))
}

private fun Waiting.words(texts: Texts): String = when (this) {
    is Waiting.OfConflict -> text ?: texts.conflict.hint(by ?: texts.app.someone)
    is Waiting.OfEdit -> edit.text(texts.language)
}

private fun Waiting.below(texts: Texts): String = when (this) {
    is Waiting.OfConflict -> beside(field.takeIf { it.isNotEmpty() }?.let { columnName(kind, it, texts) }, at)
    is Waiting.OfEdit -> beside(edit.why(texts.language), at)
}

/** Whether the system may tell: asked once, and said when it may not. */
@Composable
internal fun AllowedCard(allowed: Allowed, acts: NoticesActs) {
    val texts = LocalTexts.current
    when {
        allowed.answer == Allowed.Answer.UNASKED -> {
            Allowing(texts.notices.permissionHint, texts.notices.permission) {
                TextButton(acts::decline) { Text(texts.app.skip) }
                TextButton(acts::allow) { Text(texts.notices.permissionAllow) }
            }
        }

        allowed.answer == Allowed.Answer.NO -> NotAllowed(texts.notices.permissionRefused, acts)

        !allowed.inBackground -> NotAllowed(texts.notices.backgroundOff, acts)
    }
}

@Composable
private fun NotAllowed(words: String, acts: NoticesActs) =
    Allowing(words) { TextButton(acts::openSettings) { Text(LocalTexts.current.notices.openSettings) } }

@Composable
private fun Allowing(words: String, title: String? = null, buttons: @Composable () -> Unit) {
    Card(LocalColours.current.surfaceHigh) {
        title?.let { Text(it, style = MaterialTheme.typography.titleMedium) }
        Text(words, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodyMedium)
        FlowRow(Modifier.fillMaxWidth(), Arrangement.End) { buttons() }
    }
}
