package org.rockon.ui.parts

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.semantics.contentType
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.PasswordVisualTransformation
import androidx.compose.ui.text.input.VisualTransformation
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalTexts

/** A password. Whoever types it may look at it; it is hidden again when the field is drawn again. */
@Composable
fun SecretField(
    text: String,
    onType: (String) -> Unit,
    label: String,
    onDone: () -> Unit,
    modifier: Modifier = Modifier,
    isNew: Boolean = false,
) {
    val texts = LocalTexts.current.welcome
    var isShown by remember { mutableStateOf(false) }
    OutlinedTextField(
        text,
        onType,
        modifier.fillMaxWidth().semantics { contentType = if (isNew) ContentType.NewPassword else ContentType.Password },
        label = { Text(label) },
        trailingIcon = {
            if (isShown) {
                SignButton(Icons.hide, texts.passwordHide, { isShown = false })
            } else {
                SignButton(Icons.show, texts.passwordShow, { isShown = true })
            }
        },
        supportingText = if (isNew) ({ Text(texts.passwordHint) }) else null,
        singleLine = true,
        visualTransformation = if (isShown) VisualTransformation.None else PasswordVisualTransformation(),
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Password, imeAction = ImeAction.Done),
        keyboardActions = KeyboardActions(onDone = { onDone() }),
    )
}
