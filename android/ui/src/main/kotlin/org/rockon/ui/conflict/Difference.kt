package org.rockon.ui.conflict

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.withStyle
import org.rockon.TextPart
import org.rockon.TextPartKind
import org.rockon.ui.parts.Ground
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Palette
import org.rockon.ui.tokens.Spacing

/** Two long texts as one: what only mine has behind a minus, what only [by]'s has behind a plus. */
@Composable
internal fun DifferenceCard(parts: List<TextPart>, by: String?, modifier: Modifier = Modifier) {
    val colours = LocalColours.current
    val texts = LocalTexts.current
    val mine = texts.conflict.mine
    val theirs = texts.conflict.theirs(by ?: texts.app.someone)
    val spoken = parts.joinToString(" ") {
        when (it.kind) {
            TextPartKind.SAME -> it.text
            TextPartKind.REMOVED -> "$mine: ${it.text}"
            TextPartKind.ADDED -> "$theirs: ${it.text}"
        }
    }
    Ground(modifier.fillMaxWidth(), Spacing.medium, colours.surface) {
        Text(
            buildAnnotatedString {
                withStyle(SpanStyle(background = colours.removedGround)) { append(" − $mine ") }
                append("   ")
                withStyle(SpanStyle(background = colours.addedGround)) { append(" + $theirs ") }
            },
            style = MaterialTheme.typography.labelMedium,
        )
        Text(
            marked(parts, colours),
            Modifier.semantics { contentDescription = spoken },
            style = MaterialTheme.typography.bodyLarge,
        )
    }
}

private fun marked(parts: List<TextPart>, colours: Palette): AnnotatedString = buildAnnotatedString {
    parts.forEach {
        when (it.kind) {
            TextPartKind.SAME -> append(it.text)
            TextPartKind.REMOVED -> withStyle(SpanStyle(background = colours.removedGround)) { append("−${it.text}") }
            TextPartKind.ADDED -> withStyle(SpanStyle(background = colours.addedGround)) { append("+${it.text}") }
        }
    }
}
