package org.rockon.ui.parts

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.semantics.contentType
import androidx.compose.ui.semantics.semantics

/** A line of text. [content] is what the phone may fill in, [onDone] what the keyboard's own button does. */
@Composable
internal fun LineField(
    text: String,
    onType: (String) -> Unit,
    label: String,
    keyboard: KeyboardOptions,
    modifier: Modifier = Modifier,
    hint: String? = null,
    content: ContentType? = null,
    isFixed: Boolean = false,
    onDone: () -> Unit = {},
) {
    OutlinedTextField(
        text,
        onType,
        modifier.fillMaxWidth().semantics { content?.let { contentType = it } },
        readOnly = isFixed,
        label = { Text(label) },
        supportingText = hint?.let { { Text(it) } },
        singleLine = true,
        keyboardOptions = keyboard,
        keyboardActions = KeyboardActions(onDone = { onDone() }),
    )
}
