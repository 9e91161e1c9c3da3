package org.rockon.ui.band

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import org.rockon.Role
import org.rockon.ui.Frame
import org.rockon.ui.parts.ActionRow
import org.rockon.ui.parts.ChoiceRow
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Heading
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Question
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.words
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface MemberActs {
    fun back() {}

    fun give(role: Role) {}

    fun askToRemove() {}

    fun remove() {}

    fun keep() {}

    fun inviteAgain() {}
}

@Composable
fun MemberView(state: MemberState, frame: Frame, acts: MemberActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(state.band, acts::back, modifier, frame) { padding ->
        if (state.isGone) {
            EmptyMessage(texts.band.former, null, padding)
        } else {
            state.member?.let { Body(it, state, acts, padding) }
        }
    }
    if (state.asksToRemove) {
        val name = state.member?.name.orEmpty()
        val band = texts.band
        Question(band.removeAsk(name, state.band), band.removeHint(name), texts.app.remove, acts::remove, acts::keep)
    }
}

@Composable
private fun Body(member: MemberRow, state: MemberState, acts: MemberActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current.band
    Column(modifier.fillMaxSize().verticalScroll(rememberScrollState())) {
        Text(
            member.title(texts),
            Modifier.padding(horizontal = Spacing.large).semantics { heading() },
            style = MaterialTheme.typography.headlineMedium,
        )
        val since = if (member.isFormer) texts.former else member.joined?.let(texts::joined).orEmpty()
        Quiet(since, Modifier.padding(Spacing.large, Spacing.small), MaterialTheme.typography.bodyLarge)
        state.failure?.let { FailureText(it.words(LocalTexts.current), Modifier.padding(Spacing.large)) }
        if (state.mayGiveRole) Roles(state.role, acts::give)
        if (state.mayRemove) ActionRow(texts.remove, acts::askToRemove, colour = LocalColours.current.danger)
        if (state.mayInviteAgain) ActionRow(texts.inviteAgain, acts::inviteAgain, below = texts.inviteFor(member.name))
    }
}

@Composable
private fun Roles(chosen: Role?, onGive: (Role) -> Unit) {
    val texts = LocalTexts.current.band
    Column(Modifier.selectableGroup()) {
        Heading(texts.role)
        listOf(Role.Admin, Role.Member, Role.Viewer).forEach { role ->
            ChoiceRow(role.name(texts), role == chosen, { onGive(role) }, below = role.hint(texts))
        }
    }
}
