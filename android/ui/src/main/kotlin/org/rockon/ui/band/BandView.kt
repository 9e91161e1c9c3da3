package org.rockon.ui.band

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.bands.BandBar
import org.rockon.ui.bands.title
import org.rockon.ui.parts.ActionRow
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Heading
import org.rockon.ui.parts.Lines
import org.rockon.ui.parts.Question
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.SwitchRow
import org.rockon.ui.parts.inList
import org.rockon.ui.songs.beside
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface BandActs {
    fun choose(band: ScopeId) {}

    fun member(member: RowId) {}

    fun showFormer(on: Boolean) {}

    fun invite() {}

    fun rename() {}

    fun delete() {}

    fun deleted() {}

    fun shareSeen(on: Boolean) {}

    fun askToLeave() {}

    fun leave() {}

    fun stay() {}

    fun make() {}

    fun join() {}

    fun status() {}

    fun settings() {}
}

@Composable
fun BandView(state: BandState, frame: Frame, acts: BandActs, modifier: Modifier = Modifier) {
    Scaffold(
        modifier,
        topBar = {
            Column {
                BandBar(state.bands, acts::choose)
                StatusStrip(frame)
            }
        },
    ) { padding ->
        LazyColumn(Modifier.fillMaxSize().padding(padding), contentPadding = PaddingValues(bottom = Spacing.huge)) {
            if (state.isBand) members(state, acts)
            item("band", "band") { if (state.isBand) OfBand(state, acts) else OfOne(state, acts) }
            item("bands", "bands") { Others(state, acts) }
        }
    }
    if (state.asksToLeave) Leave(state, acts)
}

private fun LazyListScope.members(state: BandState, acts: BandActs) {
    item("members", "heading") { Heading(LocalTexts.current.band.members(state.band?.members?.toLong() ?: 0)) }
    state.failure?.let { item("failure") { FailureText(it.text(LocalTexts.current.language), Modifier.inList()) } }
    items(state.members, { it.id.value }, { "member" }) { MemberLine(it, acts::member.takeIf { state.mayManage }) }
    if (state.mayManage) {
        item("invite", "act") {
            ActionRow(LocalTexts.current.band.invite, acts::invite, colour = LocalColours.current.accent)
        }
    }
}

/** Somebody in the band. What can be done about them is for admins. */
@Composable
private fun MemberLine(row: MemberRow, onOpen: ((RowId) -> Unit)?) {
    val texts = LocalTexts.current.band
    val touched = if (onOpen == null) Modifier.semantics(mergeDescendants = true) {} else Modifier.clickable { onOpen(row.id) }
    val below = if (row.isFormer) texts.former else beside(row.role.name(texts), row.joined?.let(texts::joined))
    Lines(row.title(texts), below, Modifier.fillMaxWidth().then(touched).inList())
}

@Composable
private fun OfBand(state: BandState, acts: BandActs) {
    val texts = LocalTexts.current.band
    Column {
        Heading(texts.thisBand)
        state.sharesSeen?.let { SwitchRow(texts.shareSeen, it, acts::shareSeen, below = texts.shareSeenHint) }
        ActionRow(texts.deletedTitle, acts::deleted)
        if (state.mayManage) {
            SwitchRow(texts.formerShow, state.showsFormer, acts::showFormer, below = texts.formerHint)
            ActionRow(texts.rename, acts::rename)
        }
        ActionRow(texts.leave, acts::askToLeave, colour = LocalColours.current.danger)
        if (state.mayManage) ActionRow(texts.delete, acts::delete, colour = LocalColours.current.danger)
    }
}

/** One's own songs are nobody else's. */
@Composable
private fun OfOne(state: BandState, acts: BandActs) {
    val texts = LocalTexts.current.band
    Column {
        Quiet(texts.mineHint, Modifier.padding(Spacing.large), MaterialTheme.typography.bodyLarge)
        ActionRow(texts.deletedTitle, acts::deleted)
        if (state.isAlone) Heading(texts.none)
    }
}

@Composable
private fun Others(state: BandState, acts: BandActs) {
    val texts = LocalTexts.current.welcome
    Column {
        if (!state.isAlone) Heading(LocalTexts.current.band.another)
        ActionRow(texts.makeBand, acts::make, below = texts.makeBandHint)
        ActionRow(texts.join, acts::join, below = texts.joinHint)
        Heading(LocalTexts.current.app.name)
        ActionRow(LocalTexts.current.status.title, acts::status)
        ActionRow(LocalTexts.current.settings.title, acts::settings)
    }
}

@Composable
private fun Leave(state: BandState, acts: BandActs) {
    val texts = LocalTexts.current.band
    val hint = if (state.hasUnsent) "${texts.leaveHint} ${texts.leaveUnsent}" else texts.leaveHint
    Question(texts.leaveAsk(state.band.title()), hint, texts.leave, acts::leave, acts::stay)
}
