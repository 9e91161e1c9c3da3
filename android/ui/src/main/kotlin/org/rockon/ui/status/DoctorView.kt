package org.rockon.ui.status

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import org.rockon.Check
import org.rockon.CheckStatus
import org.rockon.text
import org.rockon.ui.parts.Card
import org.rockon.ui.parts.Heading
import org.rockon.ui.parts.Hint
import org.rockon.ui.texts.StatusTexts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Palette
import org.rockon.ui.tokens.Spacing

/** What the doctor is for, or what it comes to: the first thing that is broken and what to do, as the core says it. */
@Composable
internal fun DoctorHead(visit: Visit?) {
    val texts = LocalTexts.current
    val colours = LocalColours.current
    Heading(texts.status.doctor)
    if (visit == null || visit.isRunning) {
        Hint(texts.status.doctorHint)
    } else if (visit.report.checks.isNotEmpty()) {
        Card(colours.surfaceHigh, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) {
            Text(
                visit.report
                    .text(texts.language)
                    .lineSequence()
                    .first(),
                style = MaterialTheme.typography.bodyLarge,
            )
        }
    }
}

/** A check: how it went in a word, what was seen, what to do. */
@Composable
internal fun CheckRow(check: Check) {
    val texts = LocalTexts.current.status
    val colours = LocalColours.current
    Column(
        Modifier
            .fillMaxWidth()
            .padding(horizontal = Spacing.large, vertical = Spacing.medium)
            .semantics(mergeDescendants = true) {},
    ) {
        Text(check.status.word(texts), color = check.status.colour(colours), style = MaterialTheme.typography.labelMedium)
        Text(check.name, style = MaterialTheme.typography.titleMedium)
        if (check.evidence.isNotEmpty()) {
            Text(texts.evidence(check.evidence), color = colours.textQuiet, style = MaterialTheme.typography.bodyMedium)
        }
        if (check.fix.isNotEmpty()) Text(check.fix, style = MaterialTheme.typography.bodyMedium)
    }
}

private fun CheckStatus.word(texts: StatusTexts): String = when (this) {
    CheckStatus.FINE -> texts.checkFine
    CheckStatus.WARNING -> texts.checkWarning
    CheckStatus.BROKEN -> texts.checkBroken
    CheckStatus.NOT_JUDGED -> texts.checkNotJudged
}

private fun CheckStatus.colour(colours: Palette): Color = when (this) {
    CheckStatus.FINE -> colours.success
    CheckStatus.WARNING -> colours.warning
    CheckStatus.BROKEN -> colours.danger
    CheckStatus.NOT_JUDGED -> colours.textQuiet
}
