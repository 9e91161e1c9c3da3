package org.rockon.ui.settings

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.ui.parts.FactRow
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Hint
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.SecretField
import org.rockon.ui.parts.Things
import org.rockon.ui.parts.WarningCard
import org.rockon.ui.parts.words
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class PartActs(
    val onType: (String) -> Unit = {},
    val onCode: (String) -> Unit = {},
    val onAct: (String) -> Unit = {},
    val onBack: () -> Unit = {},
)

@Composable
fun PartScreen(model: PartModel, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    PartView(state, remember(model) { PartActs(model::type, model::code, model::act, model::back) }, modifier)
}

@Composable
fun PartView(state: PartState, acts: PartActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    val word = texts.settings.deleteWord
    Page(state.of.title(texts), acts.onBack, modifier) { padding ->
        Things(padding) {
            if (state.of == Part.DELETE) WarningCard(texts.settings.deleteHint)
            Typed(state, acts.onType) { acts.onAct(word) }
            state.code?.let { Code(it, state.email, acts.onCode) { acts.onAct(word) } }
            state.failure?.let { FailureText(it.words(texts), Modifier.padding(horizontal = Spacing.large)) }
            state.sentTo?.let {
                FactRow(
                    texts.settings.emailConfirm(it),
                    Modifier.semantics { liveRegion = LiveRegionMode.Polite },
                )
            }
            MainButton(
                if (state.of == Part.DELETE) texts.settings.deleteAccount else texts.app.save,
                { acts.onAct(word) },
                Modifier.fillMaxWidth().padding(horizontal = Spacing.large).heightIn(min = 52.dp),
                isEnabled = state.canDo(word),
                isDanger = state.of == Part.DELETE,
            )
        }
    }
}

private fun Part.title(texts: Texts): String = when (this) {
    Part.NAME -> texts.settings.name
    Part.EMAIL -> texts.settings.emailChange
    Part.PASSWORD -> texts.settings.passwordChange
    Part.DELETE -> texts.settings.deleteAsk
}

private fun Part.label(texts: Texts): String = when (this) {
    Part.NAME -> texts.settings.name
    Part.EMAIL -> texts.settings.email
    Part.PASSWORD -> texts.settings.passwordNew
    Part.DELETE -> texts.settings.deleteType(texts.settings.deleteWord)
}

private val Part.keyboard: KeyboardOptions
    get() =
        when (this) {
            Part.EMAIL -> KeyboardOptions(keyboardType = KeyboardType.Email, imeAction = ImeAction.Done)

            Part.DELETE -> {
                KeyboardOptions(
                    KeyboardCapitalization.Characters,
                    autoCorrectEnabled = false,
                    imeAction = ImeAction.Done,
                )
            }

            Part.NAME, Part.PASSWORD -> KeyboardOptions(KeyboardCapitalization.Words, imeAction = ImeAction.Done)
        }

@Composable
private fun Typed(state: PartState, onType: (String) -> Unit, onDone: () -> Unit) {
    val texts = LocalTexts.current
    val inside = Modifier.padding(horizontal = Spacing.large).testTag("typed")
    if (state.of == Part.PASSWORD) {
        SecretField(state.text, onType, state.of.label(texts), onDone, inside, isNew = true)
        Hint(texts.settings.passwordOthers, Modifier.padding(horizontal = Spacing.large))
        return
    }
    OutlinedTextField(
        state.text,
        onType,
        inside.fillMaxWidth(),
        label = { Text(state.of.label(texts)) },
        supportingText = if (state.of == Part.NAME) ({ Text(texts.settings.nameHint) }) else null,
        singleLine = true,
        keyboardOptions = state.of.keyboard,
        keyboardActions = KeyboardActions(onDone = { onDone() }),
    )
}

@Composable
private fun Code(code: String, email: String, onCode: (String) -> Unit, onDone: () -> Unit) {
    OutlinedTextField(
        code,
        onCode,
        Modifier.fillMaxWidth().padding(horizontal = Spacing.large).testTag("code"),
        label = { Text(LocalTexts.current.settings.code) },
        supportingText = { Text(LocalTexts.current.welcome.codeSent(email)) },
        singleLine = true,
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.NumberPassword, imeAction = ImeAction.Done),
        keyboardActions = KeyboardActions(onDone = { onDone() }),
    )
}
