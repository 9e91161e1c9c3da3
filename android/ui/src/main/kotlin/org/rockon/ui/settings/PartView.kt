package org.rockon.ui.settings

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
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
@Stable
interface PartActs {
    fun type(text: String) {}

    fun code(text: String) {}

    /** [word] is what must be typed before an account is deleted. */
    fun act(word: String) {}

    fun back() {}
}

@Composable
fun PartView(state: PartState, acts: PartActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    val word = texts.settings.deleteWord
    val act = { acts.act(word) }
    val isDelete = state.of == Part.DELETE
    Page(state.of.title(texts), acts::back, modifier) { padding ->
        Things(padding) {
            if (isDelete) WarningCard(texts.settings.deleteHint)
            Typed(state, acts::type, act)
            state.code?.let {
                Line(it, acts::code, texts.settings.code, texts.welcome.codeSent(state.email), digits, act, "code")
            }
            state.failure?.let { FailureText(it.words(texts), Modifier.padding(horizontal = Spacing.large)) }
            state.sentTo?.let {
                FactRow(texts.settings.emailConfirm(it), Modifier.semantics { liveRegion = LiveRegionMode.Polite })
            }
            val wide = Modifier.fillMaxWidth().padding(horizontal = Spacing.large).heightIn(min = 52.dp)
            val name = if (isDelete) texts.settings.deleteAccount else texts.app.save
            MainButton(name, act, wide, state.canDo(word), isDelete)
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

private val digits = KeyboardOptions(keyboardType = KeyboardType.NumberPassword, imeAction = ImeAction.Done)

private val Part.keyboard: KeyboardOptions
    get() = when (this) {
        Part.EMAIL -> KeyboardOptions(keyboardType = KeyboardType.Email, imeAction = ImeAction.Done)
        Part.DELETE -> KeyboardOptions(KeyboardCapitalization.Characters, autoCorrectEnabled = false, imeAction = ImeAction.Done)
        Part.NAME, Part.PASSWORD -> KeyboardOptions(KeyboardCapitalization.Words, imeAction = ImeAction.Done)
    }

@Composable
private fun Typed(state: PartState, onType: (String) -> Unit, onDone: () -> Unit) {
    val texts = LocalTexts.current
    val label = state.of.label(texts)
    if (state.of == Part.PASSWORD) {
        val inside = Modifier.padding(horizontal = Spacing.large).testTag("typed")
        SecretField(state.text, onType, label, onDone, inside, isNew = true)
        Hint(texts.settings.passwordOthers, Modifier.padding(horizontal = Spacing.large))
    } else {
        val hint = texts.settings.nameHint.takeIf { state.of == Part.NAME }
        Line(state.text, onType, label, hint, state.of.keyboard, onDone, "typed")
    }
}

@Composable
private fun Line(
    text: String,
    onType: (String) -> Unit,
    label: String,
    hint: String?,
    keyboard: KeyboardOptions,
    onDone: () -> Unit,
    tag: String,
) = OutlinedTextField(
    text,
    onType,
    Modifier.fillMaxWidth().padding(horizontal = Spacing.large).testTag(tag),
    label = { Text(label) },
    supportingText = hint?.let { { Text(it) } },
    singleLine = true,
    keyboardOptions = keyboard,
    keyboardActions = KeyboardActions(onDone = { onDone() }),
)
