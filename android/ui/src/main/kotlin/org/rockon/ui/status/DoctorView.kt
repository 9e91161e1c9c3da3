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
import org.rockon.DoctorReport
import org.rockon.text
import org.rockon.ui.parts.Card
import org.rockon.ui.parts.Quiet
import org.rockon.ui.texts.StatusTexts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Palette
import org.rockon.ui.tokens.Spacing

/** What it comes to: the first thing that is broken and what to do, as the core says it. */
@Composable
internal fun Verdict(report: DoctorReport) {
    if (report.checks.isEmpty()) return
    val words = report.text(LocalTexts.current.language).lines().first()
    Card(LocalColours.current.surfaceHigh, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) {
        Text(words, style = MaterialTheme.typography.bodyLarge)
    }
}

/** A check: how it went in a word, what was seen, what to do. */
@Composable
internal fun CheckRow(check: Check) {
    val texts = LocalTexts.current.status
    val type = MaterialTheme.typography
    Column(Modifier.fillMaxWidth().padding(Spacing.large, Spacing.medium).semantics(mergeDescendants = true) {}) {
        Text(check.status.word(texts), color = check.status.colour(LocalColours.current), style = type.labelMedium)
        Text(check.name, style = type.titleMedium)
        if (check.evidence.isNotEmpty()) Quiet(texts.evidence(check.evidence))
        if (check.fix.isNotEmpty()) Text(check.fix, style = type.bodyMedium)
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
