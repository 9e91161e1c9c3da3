package org.rockon.ui.setlist

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.sizeIn
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.rockon.ui.parts.UnsentMark
import org.rockon.ui.parts.words
import org.rockon.ui.songs.beside
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** What there is to say about a setlist before its first item. */
@Composable
internal fun SetlistHead(state: SetlistState, acts: SetlistActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Column(
        modifier.padding(start = Spacing.large, end = Spacing.large, bottom = Spacing.large),
        Arrangement.spacedBy(Spacing.large),
    ) {
        Column(verticalArrangement = Arrangement.spacedBy(Spacing.small)) {
            Row(verticalAlignment = Alignment.CenterVertically) {
                Text(state.name, Modifier.weight(1f).semantics { heading() }, style = MaterialTheme.typography.headlineMedium)
                if (state.isUnsent) UnsentMark(Modifier.padding(start = Spacing.medium))
            }
            Quiet(beside(state.date, texts.app.songs(state.songs), state.length?.let(texts.setlist::runningTime)))
            if (state.untimed > 0) Quiet(texts.setlist.untimed(state.untimed))
        }
        state.changes?.let { ChangesCard(it, acts.onDismiss) }
        state.notes?.let { Text(it, style = MaterialTheme.typography.bodyLarge) }
        if (state.seenBy.isNotEmpty()) SeenBy(state.seenBy)
    }
}

@Composable
private fun Quiet(text: String) = Text(text, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodyLarge)

/** What is different since one looked, until it is dismissed. */
@Composable
private fun ChangesCard(changes: Changes, onDismiss: () -> Unit) {
    val colours = LocalColours.current
    val texts = LocalTexts.current
    Column(
        Modifier
            .fillMaxWidth()
            .background(colours.warningGround, RoundedCornerShape(Sizes.corner))
            .padding(start = Spacing.large, top = Spacing.large, end = Spacing.large, bottom = Spacing.medium),
        verticalArrangement = Arrangement.spacedBy(Spacing.medium),
    ) {
        Text(texts.setlist.changedSince, color = colours.onWarningGround, style = MaterialTheme.typography.titleSmall)
        changes.lines(texts).forEach {
            Text(it, color = colours.onWarningGround, style = MaterialTheme.typography.titleMedium)
        }
        if (changes.by.isNotEmpty()) {
            Text(changes.by.joinToString(), color = colours.onWarningGround, style = MaterialTheme.typography.bodySmall)
        }
        TextButton(onDismiss, Modifier.align(Alignment.End)) { Text(texts.app.done, color = colours.onWarningGround) }
    }
}

/** So many are read; who was away for longer reads the list. */
private const val READ = 12

private fun Changes.lines(texts: Texts): List<String> = listOfNotNull(
    name?.let { texts.song.changedSet(texts.setlists.name, it) },
    if (isNoted) "≠ ${texts.song.notes}" else null,
) + steps.take(READ).map { it.words(texts) } + listOfNotNull("…".takeIf { steps.size > READ })

/** Who has looked: initials for the eye, names for everybody. */
@Composable
private fun SeenBy(all: List<Seen>) {
    val texts = LocalTexts.current
    val (now, earlier) = all.partition { it.isCurrent }
    val words = listOfNotNull(
        now.names()?.let(texts.app::seenBy),
        earlier.names()?.let(texts.setlist::seenEarlier),
    ).joinToString(". ")
    Column(
        Modifier.clearAndSetSemantics { contentDescription = words },
        Arrangement.spacedBy(Spacing.small),
    ) {
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(Spacing.small),
            verticalArrangement = Arrangement.spacedBy(Spacing.small),
        ) {
            all.forEach { Initials(it) }
        }
        Text(words, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodySmall)
    }
}

private fun List<Seen>.names(): String? = joinToString { it.name }.ifEmpty { null }

/** Filled for who has seen what is here now, a ring for who has seen less. */
@Composable
private fun Initials(seen: Seen) {
    val colours = LocalColours.current
    val ground = if (seen.isCurrent) colours.chosenGround else colours.background
    Box(
        Modifier
            .background(ground, CircleShape)
            .border(1.dp, if (seen.isCurrent) ground else colours.outline, CircleShape)
            .sizeIn(minWidth = 36.dp, minHeight = 36.dp)
            .padding(Spacing.small),
        Alignment.Center,
    ) {
        Text(
            seen.initials,
            color = if (seen.isCurrent) colours.onChosenGround else colours.textQuiet,
            style = MaterialTheme.typography.labelMedium,
        )
    }
}
