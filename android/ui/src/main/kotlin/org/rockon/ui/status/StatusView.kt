package org.rockon.ui.status

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.text
import org.rockon.ui.parts.ActionRow
import org.rockon.ui.parts.FactRow
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.Page
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

/** What can be done there. */
@Immutable
data class StatusActs(
    val onSync: () -> Unit = {},
    val onExamine: () -> Unit = {},
    val onCopyReport: (Language) -> Unit = {},
    val onSignIn: () -> Unit = {},
    val onLog: () -> Unit = {},
    val onBack: () -> Unit = {},
)

@Composable
fun StatusScreen(model: StatusModel, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts = remember(model) {
        StatusActs(model::sync, model::examine, model::copyReport, model::signIn, model::openLog, model::back)
    }
    StatusView(state, acts, modifier)
}

@Composable
fun StatusView(state: StatusState, acts: StatusActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current.status
    Page(texts.title, acts.onBack, modifier) { padding ->
        Things(padding) {
            Head(state)
            Warnings(state)
            if (state.isSignedOut) {
                Button(LocalTexts.current.welcome.signIn, acts.onSignIn)
            } else {
                Button(if (state.isSyncing) texts.syncing else texts.tryNow, acts.onSync, !state.isSyncing)
            }
            Facts(state)
            Doctor(state.visit, acts)
            ActionRow(texts.log, acts.onLog, below = texts.logHint)
        }
    }
}

/** How it stands, and what that means. */
@Composable
private fun Head(state: StatusState) {
    val texts = LocalTexts.current
    val colours = LocalColours.current
    val (word, hint) = state.words(texts)
    Column(
        Modifier
            .fillMaxWidth()
            .padding(horizontal = Spacing.large, vertical = Spacing.medium)
            .semantics(mergeDescendants = true) {
                heading()
                liveRegion = LiveRegionMode.Polite
            },
    ) {
        Text(
            word,
            color = if (state.word == null && state.isLive) colours.success else colours.text,
            style = MaterialTheme.typography.headlineMedium,
        )
        hint?.let { Text(it, color = colours.textQuiet, style = MaterialTheme.typography.bodyLarge) }
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
    if (state.isClockWrong) WarningCard(texts.app.clockWrong)
    state.setAside?.let {
        WarningCard(texts.app.databaseDamaged, below = texts.status.setAside(it))
    }
    if (state.unreadable > 0) WarningCard(texts.status.unreadableHint(state.unreadable.toLong()))
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
private fun Doctor(visit: Visit?, acts: StatusActs) {
    val texts = LocalTexts.current.status
    val language = LocalTexts.current.language
    val isRunning = visit?.isRunning == true
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.medium)) {
        DoctorHead(visit)
        Button(
            when {
                visit == null -> texts.doctorRun
                isRunning -> texts.doctorRunning
                else -> texts.doctorAgain
            },
            acts.onExamine,
            !isRunning,
        )
        visit?.report?.checks?.forEach { CheckRow(it) }
        if (visit != null && !isRunning && visit.report.checks.isNotEmpty()) {
            ActionRow(texts.copyReport, { acts.onCopyReport(language) }, below = texts.reportHint)
        }
    }
}
