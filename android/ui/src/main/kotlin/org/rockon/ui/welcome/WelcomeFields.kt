package org.rockon.ui.welcome

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import org.rockon.ui.parts.LineField
import org.rockon.ui.parts.SecretField
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What the chosen way asks for. Once a code was sent to an address, it is that address. */
@Composable
internal fun WelcomeFields(state: WelcomeState, acts: WelcomeActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current.welcome
    val words = KeyboardOptions(KeyboardCapitalization.Words, imeAction = ImeAction.Next)
    val last = if (state.asksForPassword) ImeAction.Next else ImeAction.Done
    val mail = KeyboardOptions(keyboardType = KeyboardType.Email, imeAction = last)
    val digits = KeyboardOptions(keyboardType = KeyboardType.Number, imeAction = ImeAction.Done)
    Column(modifier, Arrangement.spacedBy(Spacing.medium)) {
        if (state.asksForName) {
            LineField(state.name, acts::name, texts.name, words, hint = texts.nameHint, content = ContentType.PersonFullName)
        }
        LineField(
            state.email,
            acts::email,
            texts.email,
            mail,
            content = ContentType.EmailAddress,
            isFixed = state.isAgain || state.asksForCode,
            onDone = acts::goOn,
        )
        if (state.asksForPassword) {
            SecretField(state.password, acts::password, texts.password, acts::goOn, isNew = state.asksForName)
        }
        if (state.asksForCode) {
            LineField(state.code, acts::code, texts.code, digits, content = ContentType.SmsOtpCode, onDone = acts::goOn)
        }
    }
}
