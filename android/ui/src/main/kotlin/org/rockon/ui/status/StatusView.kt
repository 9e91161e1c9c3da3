package org.rockon.ui.status

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import org.rockon.text
import org.rockon.ui.hours
import org.rockon.ui.parts.ActionRow
import org.rockon.ui.parts.FactRow
import org.rockon.ui.parts.Heading
import org.rockon.ui.parts.Hint
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.StripWord
import org.rockon.ui.parts.Things
import org.rockon.ui.parts.WarningCard
import org.rockon.ui.parts.filled
import org.rockon.ui.texts.Language
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing
import kotlin.math.absoluteValue

/** What can be done there. */
@Stable
interface StatusActs {
    /** Sends and reads at once. What keeps it from that is told by the status. */
    fun sync() {}

    /** The doctor looks at everything; each check is shown when it is made. */
    fun examine() {}

    /** The report, for whoever runs the server. */
    fun copyReport(language: Language) {}

    fun signIn() {}

    fun openLog() {}

    fun back() {}
}

@Composable
fun StatusView(state: StatusState, acts: StatusActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current.status
    Page(texts.title, acts::back, modifier) { padding ->
        Things(padding) {
            Head(state)
            Warnings(state)
            if (state.isSignedOut) {
                Button(LocalTexts.current.welcome.signIn, acts::signIn)
            } else {
                Button(if (state.isSyncing) texts.syncing else texts.tryNow, acts::sync, !state.isSyncing)
            }
            Facts(state)
            Doctor(state, acts)
            ActionRow(texts.log, acts::openLog, below = texts.logHint)
        }
    }
}

/** How it stands, and what that means. */
@Composable
private fun Head(state: StatusState) {
    val colours = LocalColours.current
    val (word, hint) = state.words(LocalTexts.current)
    val read = Modifier.semantics(mergeDescendants = true) {
        heading()
        liveRegion = LiveRegionMode.Polite
    }
    Column(Modifier.fillMaxWidth().padding(Spacing.large, Spacing.medium).then(read)) {
        val ink = if (state.word == null && state.isLive) colours.success else colours.text
        Text(word, color = ink, style = MaterialTheme.typography.headlineMedium)
        hint?.let { Quiet(it, style = MaterialTheme.typography.bodyLarge) }
    }
}

private fun StatusState.words(texts: Texts): Pair<String, String?> = when (word) {
    StripWord.SIGNED_OUT -> texts.status.signedOut to texts.status.signedOutHint
    StripWord.OFFLINE -> texts.status.offline to texts.status.offlineHint
    StripWord.FAILING -> texts.status.failing to failure?.text(texts.language)
    StripWord.FIRST_SYNC -> Strip(word, filling = filling).filled(texts) to texts.app.firstSyncHint
    StripWord.DELAYED, StripWord.CLOCK_WRONG -> texts.status.delayed to null
    null -> if (isLive) texts.status.live to texts.status.liveHint else texts.status.connecting to null
}

@Composable
private fun Warnings(state: StatusState) {
    val texts = LocalTexts.current
    state.ahead?.let { WarningCard(it.clock(texts), below = texts.status.clockFix) }
    state.setAside?.let { WarningCard(texts.app.databaseDamaged, below = texts.status.setAside(it)) }
    if (state.unreadable > 0) WarningCard(texts.status.unreadableHint(state.unreadable.toLong()))
}

private fun Long.clock(texts: Texts): String {
    val time = hours(absoluteValue * 60, texts.app)
    return if (this > 0) texts.status.clockAhead(time) else texts.status.clockBehind(time)
}

@Composable
private fun Button(text: String, onClick: () -> Unit, isEnabled: Boolean = true) {
    MainButton(text, onClick, Modifier.padding(horizontal = Spacing.large).heightIn(min = Sizes.touch), isEnabled)
}

@Composable
private fun Facts(state: StatusState) {
    val texts = LocalTexts.current
    FactRow(
        if (state.unsent == 0L) texts.status.unsentNone else texts.app.unsentCount(state.unsent),
        below = state.oldest?.let(texts.status::oldest),
    )
    FactRow(state.lastSync?.let(texts.status::lastSync) ?: texts.status.neverSynced)
    state.email?.let { FactRow(texts.status.signedInAs(it)) }
    FactRow(texts.status.server, below = state.server)
}

@Composable
private fun Doctor(state: StatusState, acts: StatusActs) {
    val texts = LocalTexts.current.status
    val language = LocalTexts.current.language
    val report = state.visit?.report
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.medium)) {
        Heading(texts.doctor)
        if (report == null || state.isExamining) Hint(texts.doctorHint) else Verdict(report)
        val name = if (report == null) texts.doctorRun else texts.doctorAgain
        Button(if (state.isExamining) texts.doctorRunning else name, acts::examine, !state.isExamining)
        report?.checks?.forEach { CheckRow(it) }
        if (report?.checks?.isNotEmpty() == true && !state.isExamining) {
            ActionRow(texts.copyReport, { acts.copyReport(language) }, below = texts.reportHint)
        }
    }
}
