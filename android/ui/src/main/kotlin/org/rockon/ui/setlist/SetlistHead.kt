package org.rockon.ui.setlist

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.sizeIn
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.dp
import org.rockon.ui.detail.DetailHead
import org.rockon.ui.parts.Quiet
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
            val facts = beside(state.date, texts.app.songs(state.songs), state.length?.let(texts.setlist::runningTime))
            DetailHead(state.name, facts, state.isUnsent)
            state.times?.let { Fact(it.words(texts)) }
            if (state.untimed > 0) Fact(texts.setlist.untimed(state.untimed))
        }
        state.changes?.let { ChangesCard(it, acts::dismiss) }
        state.notes?.let { Text(it, style = MaterialTheme.typography.bodyLarge) }
        if (state.seenBy.isNotEmpty()) SeenBy(state.seenBy)
    }
}

@Composable
private fun Fact(text: String) = Quiet(text, style = MaterialTheme.typography.bodyLarge)

private fun Times.words(texts: Texts) = beside(texts.setlist.starts(start), end?.let(texts.setlist::ends))

/** What is different since one looked, until it is dismissed. */
@Composable
private fun ChangesCard(changes: Changes, onDismiss: () -> Unit) {
    val texts = LocalTexts.current
    val type = MaterialTheme.typography
    Column(
        Modifier
            .fillMaxWidth()
            .background(LocalColours.current.warningGround, RoundedCornerShape(Sizes.corner))
            .padding(start = Spacing.large, top = Spacing.large, end = Spacing.large, bottom = Spacing.medium),
        verticalArrangement = Arrangement.spacedBy(Spacing.medium),
    ) {
        CompositionLocalProvider(LocalContentColor provides LocalColours.current.onWarningGround) {
            Text(texts.setlist.changedSince, style = type.titleSmall)
            changes.lines(texts).forEach { Text(it, style = type.titleMedium) }
            if (changes.by.isNotEmpty()) Text(changes.by.joinToString(), style = type.bodySmall)
            TextButton(onDismiss, Modifier.align(Alignment.End)) {
                Text(texts.app.done, color = LocalColours.current.onWarningGround)
            }
        }
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
    val said = listOfNotNull(now.names()?.let(texts.app::seenBy), earlier.names()?.let(texts.setlist::seenEarlier))
    val words = said.joinToString(". ")
    val near = Arrangement.spacedBy(Spacing.small)
    Column(Modifier.clearAndSetSemantics { contentDescription = words }, near) {
        FlowRow(horizontalArrangement = near, verticalArrangement = near) { all.forEach { Initials(it) } }
        Quiet(words, style = MaterialTheme.typography.bodySmall)
    }
}

private fun List<Seen>.names(): String? = joinToString { it.name }.ifEmpty { null }

/** Filled for who has seen what is here now, a ring for who has seen less. */
@Composable
private fun Initials(seen: Seen) {
    val colours = LocalColours.current
    val (ground, edge, ink) =
        if (seen.isCurrent) {
            Triple(colours.chosenGround, colours.chosenGround, colours.onChosenGround)
        } else {
            Triple(colours.background, colours.outline, colours.textQuiet)
        }
    Box(
        Modifier
            .background(ground, CircleShape)
            .border(1.dp, edge, CircleShape)
            .sizeIn(minWidth = 36.dp, minHeight = 36.dp)
            .padding(Spacing.small),
        Alignment.Center,
    ) { Text(seen.initials, color = ink, style = MaterialTheme.typography.labelMedium) }
}
