package org.rockon.ui.band

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.FilterChip
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.rockon.RowId
import org.rockon.ui.Frame
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Heading
import org.rockon.ui.parts.Lines
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Question
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.inList
import org.rockon.ui.parts.words
import org.rockon.ui.songs.beside
import org.rockon.ui.texts.BandTexts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface InvitesActs {
    fun back() {}

    fun load() {}

    fun uses(count: Int) {}

    fun days(count: Int) {}

    fun make() {}

    fun show(invite: RowId) {}

    fun share(text: String) {}

    fun copy(code: String) {}

    fun askToRevoke(invite: InviteRow) {}

    fun revoke() {}

    fun keep() {}
}

@Composable
fun InvitesView(state: InvitesState, frame: Frame, acts: InvitesActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(texts.band.inviteTitle(state.band), acts::back, modifier, frame) { padding ->
        Column(padding.fillMaxSize().verticalScroll(rememberScrollState())) {
            state.failure?.let { Failed(it.words(texts), acts::load) }
            state.shown?.let { Shown(it, state.band, acts) }
            Next(state, acts)
            if (state.isLoaded) Open(state, acts)
        }
    }
    state.asksToRevoke?.let {
        Question(texts.band.revokeAsk(it.code), texts.band.revokeHint, texts.band.revoke, acts::revoke, acts::keep)
    }
}

@Composable
private fun Failed(text: String, onLoad: () -> Unit) {
    Column(Modifier.padding(start = Spacing.large, top = Spacing.large, end = Spacing.large)) {
        FailureText(text)
        TextButton(onLoad) { Text(LocalTexts.current.app.tryAgain) }
    }
}

/** One code, as large as two phones beside each other need it. */
@Composable
private fun Shown(invite: InviteRow, band: String, acts: InvitesActs) {
    val texts = LocalTexts.current.band
    val message = texts.inviteText(band, invite.link, invite.code)
    Column(
        Modifier.fillMaxWidth().padding(horizontal = Spacing.large),
        Arrangement.spacedBy(Spacing.medium),
        Alignment.CenterHorizontally,
    ) {
        QrCode(invite.link, texts.inviteQr(invite.code), Modifier.widthIn(max = 240.dp))
        Text(invite.code, style = MaterialTheme.typography.headlineMedium)
        Quiet(texts.inviteHint)
        MainButton(texts.inviteShare, { acts.share(message) }, Modifier.fillMaxWidth().heightIn(min = 52.dp))
        TextButton({ acts.copy(invite.code) }, Modifier.heightIn(min = Sizes.touch)) { Text(texts.inviteCopy) }
    }
}

/** What the next invite is to be. */
@Composable
private fun Next(state: InvitesState, acts: InvitesActs) {
    val texts = LocalTexts.current.band
    Column {
        Heading(texts.inviteNew)
        Column(Modifier.padding(horizontal = Spacing.large), Arrangement.spacedBy(Spacing.small)) {
            Chips(USES, state.uses, { texts.invitePeople(it.toLong()) }, acts::uses)
            Chips(DAYS, state.days, { texts.inviteDays(it.toLong()) }, acts::days)
            TextButton(acts::make, Modifier.heightIn(min = Sizes.touch), enabled = !state.isBusy) { Text(texts.inviteMake) }
        }
    }
}

@Composable
private fun Chips(all: List<Int>, chosen: Int, name: (Int) -> String, onChoose: (Int) -> Unit) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Spacing.medium)) {
        all.forEach { count ->
            FilterChip(count == chosen, { onChoose(count) }, { Text(name(count)) }, Modifier.heightIn(min = Sizes.touch))
        }
    }
}

@Composable
private fun Open(state: InvitesState, acts: InvitesActs) {
    val texts = LocalTexts.current.band
    Column(Modifier.padding(bottom = Spacing.huge)) {
        Heading(if (state.rows.isEmpty()) texts.invitesEmpty else texts.invites)
        state.rows.forEach { row ->
            Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
                Lines(row.code, row.about(texts), Modifier.weight(1f).clickable { acts.show(row.id) }.inList())
                val read = Modifier.semantics { contentDescription = texts.revokeAsk(row.code) }
                SignButton(Icons.close, texts.revoke, { acts.askToRevoke(row) }, read)
            }
        }
    }
}

private fun InviteRow.about(texts: BandTexts): String =
    beside(forName?.let(texts::inviteFor) ?: texts.inviteUses(uses, total), texts.inviteExpires(expires))
