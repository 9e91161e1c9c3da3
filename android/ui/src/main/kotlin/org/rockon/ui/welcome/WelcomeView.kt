package org.rockon.ui.welcome

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextAlign
import org.rockon.IdProvider
import org.rockon.RockOnException
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.LineField
import org.rockon.ui.parts.Poster
import org.rockon.ui.parts.WideButton
import org.rockon.ui.parts.words
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface WelcomeActs {
    fun name(text: String) {}

    fun email(text: String) {}

    fun password(text: String) {}

    fun code(text: String) {}

    fun goOn() {}

    fun sendAgain() {}

    fun choose(way: Way) {}

    fun signInBy(provider: IdProvider) {}

    fun link(text: String) {}

    fun useLink() {}

    fun askForLink(on: Boolean) {}
}

@Composable
fun WelcomeView(state: WelcomeState, acts: WelcomeActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Poster(texts.app.name, modifier, LocalColours.current.accent) {
        Text(state.words(texts), Modifier.padding(bottom = Spacing.large), style = MaterialTheme.typography.bodyLarge)
        if (state.server != null && !state.asksForLink) Account(state, acts)
        if (state.asksForLink) Link(state, acts)
    }
}

/** What the chosen way asks for, its button, and the other ways. */
@Composable
private fun Account(state: WelcomeState, acts: WelcomeActs) {
    val texts = LocalTexts.current
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.large)) {
        state.hint(texts)?.let {
            Text(
                it,
                Modifier.semantics { liveRegion = LiveRegionMode.Polite },
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodyLarge,
            )
        }
        WelcomeFields(state, acts)
        state.failure?.let { FailureText(it.words(texts, state.isAgain)) }
        WideButton(state.act(texts), acts::goOn, isEnabled = state.canGoOn)
        Others(state, acts)
    }
}

/** Who signs in for the first time has nothing to go on with. */
private fun RockOnException.words(texts: Texts, isAgain: Boolean): String =
    if (this is RockOnException.Offline && !isAgain) texts.welcome.noNetwork else words(texts)

@Composable
private fun Others(state: WelcomeState, acts: WelcomeActs) {
    val texts = LocalTexts.current
    Column(Modifier.fillMaxWidth(), horizontalAlignment = Alignment.CenterHorizontally) {
        if (state.asksForCode) Other(texts.welcome.codeAgain, acts::sendAgain)
        state.providers.forEach { provider -> Other(provider.words(texts)) { acts.signInBy(provider) } }
        state.others.forEach { way -> Other(way.name(texts)) { acts.choose(way) } }
        if (!state.isAgain) {
            state.server?.let {
                Text(
                    texts.welcome.server(it),
                    Modifier.padding(top = Spacing.large),
                    color = LocalColours.current.textQuiet,
                    style = MaterialTheme.typography.bodySmall,
                )
            }
            Other(texts.welcome.ownServer) { acts.askForLink(true) }
        }
    }
}

@Composable
private fun Other(text: String, onClick: () -> Unit) {
    TextButton(onClick, Modifier.heightIn(min = Sizes.touch)) { Text(text, textAlign = TextAlign.Center) }
}

@Composable
private fun Link(state: WelcomeState, acts: WelcomeActs) {
    val texts = LocalTexts.current
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Spacing.large), Alignment.CenterHorizontally) {
        if (state.isLinkWrong) FailureText(texts.welcome.serverLinkWrong)
        LineField(
            state.link,
            acts::link,
            texts.welcome.serverLink,
            KeyboardOptions(keyboardType = KeyboardType.Uri, imeAction = ImeAction.Done),
            hint = texts.welcome.serverLinkHint,
            onDone = acts::useLink,
        )
        WideButton(texts.app.next, acts::useLink, isEnabled = state.link.isNotBlank())
        if (state.server != null) Other(texts.app.cancel) { acts.askForLink(false) }
    }
}
