package org.rockon.ui.welcome

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentType
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.PasswordVisualTransformation
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.text
import org.rockon.ui.parts.MainButton
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class WelcomeActs(
    val onEmail: (String) -> Unit = {},
    val onPassword: (String) -> Unit = {},
    val onSignIn: () -> Unit = {},
    val onLink: (String) -> Unit = {},
    val onUseLink: () -> Unit = {},
    val onAskForLink: () -> Unit = {},
)

@Composable
fun WelcomeScreen(
    model: WelcomeModel,
    modifier: Modifier = Modifier,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts =
        remember(model) {
            WelcomeActs(model::email, model::password, model::signIn, model::link, model::useLink, model::askForLink)
        }
    WelcomeView(state, acts, modifier)
}

@Composable
fun WelcomeView(
    state: WelcomeState,
    acts: WelcomeActs,
    modifier: Modifier = Modifier,
) {
    Box(modifier.fillMaxSize().safeDrawingPadding().imePadding(), contentAlignment = Alignment.TopCenter) {
        Column(
            Modifier
                .widthIn(max = 440.dp)
                .verticalScroll(rememberScrollState())
                .padding(horizontal = Spacing.huge),
            verticalArrangement = Arrangement.spacedBy(Spacing.large),
        ) {
            Spacer(Modifier.height(48.dp))
            Text(LocalTexts.current.app.name, color = LocalColours.current.accent, style = MaterialTheme.typography.displaySmall)
            Text(
                if (state.isAgain) LocalTexts.current.welcome.again(state.email) else LocalTexts.current.welcome.claim,
                style = MaterialTheme.typography.bodyLarge,
            )
            Spacer(Modifier.height(Spacing.medium))
            if (state.server != null) Account(state, acts)
            state.failure?.let { Failure(it.text(LocalTexts.current.language)) }
            if (state.server != null) SignIn(state, acts)
            if (state.isLinkWrong) Failure(LocalTexts.current.welcome.serverLinkWrong)
            if (state.asksForLink) Link(state, acts)
            if (!state.asksForLink && !state.isAgain) OtherServer(state, acts)
            Spacer(Modifier.height(Spacing.huge))
        }
    }
}

@Composable
private fun ColumnScope.Account(
    state: WelcomeState,
    acts: WelcomeActs,
) {
    OutlinedTextField(
        state.email,
        acts.onEmail,
        Modifier.fillMaxWidth().semantics { contentType = ContentType.EmailAddress },
        label = { Text(LocalTexts.current.welcome.email) },
        readOnly = state.isAgain,
        singleLine = true,
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Email, imeAction = ImeAction.Next),
    )
    OutlinedTextField(
        state.password,
        acts.onPassword,
        Modifier.fillMaxWidth().semantics { contentType = ContentType.Password },
        label = { Text(LocalTexts.current.welcome.password) },
        singleLine = true,
        visualTransformation = PasswordVisualTransformation(),
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Password, imeAction = ImeAction.Done),
        keyboardActions = KeyboardActions(onDone = { acts.onSignIn() }),
    )
}

@Composable
private fun Failure(text: String) {
    Text(
        text,
        Modifier.semantics { liveRegion = LiveRegionMode.Assertive },
        color = LocalColours.current.danger,
        style = MaterialTheme.typography.bodyMedium,
    )
}

@Composable
private fun SignIn(
    state: WelcomeState,
    acts: WelcomeActs,
) {
    MainButton(
        LocalTexts.current.welcome.signIn,
        acts.onSignIn,
        Modifier.fillMaxWidth().heightIn(min = 52.dp),
        isEnabled = state.canSignIn,
    )
}

@Composable
private fun ColumnScope.Link(
    state: WelcomeState,
    acts: WelcomeActs,
) {
    OutlinedTextField(
        state.link,
        acts.onLink,
        Modifier.fillMaxWidth(),
        label = { Text(LocalTexts.current.welcome.serverLink) },
        supportingText = { Text(LocalTexts.current.welcome.serverLinkHint) },
        singleLine = true,
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Uri, imeAction = ImeAction.Go),
        keyboardActions = KeyboardActions(onGo = { acts.onUseLink() }),
    )
    MainButton(
        LocalTexts.current.app.next,
        acts.onUseLink,
        Modifier.fillMaxWidth().heightIn(min = 52.dp),
        isEnabled = state.link.isNotBlank(),
    )
}

@Composable
private fun OtherServer(
    state: WelcomeState,
    acts: WelcomeActs,
) {
    Column(Modifier.fillMaxWidth(), horizontalAlignment = Alignment.CenterHorizontally) {
        state.server?.let {
            Text(
                LocalTexts.current.welcome.server(it),
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodySmall,
            )
        }
        TextButton(acts.onAskForLink) { Text(LocalTexts.current.welcome.ownServer) }
    }
}
