package org.rockon.ui.parts

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.material3.TextField
import androidx.compose.material3.TextFieldDefaults
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** Searches a list with each letter. [name] says in what. */
@Composable
internal fun SearchField(text: String, onSearch: (String) -> Unit, name: String, modifier: Modifier = Modifier) {
    TextField(
        text,
        onSearch,
        // A placeholder is no name: it goes with the first letter.
        modifier.fillMaxWidth().padding(horizontal = Spacing.large, vertical = Spacing.medium).semantics {
            contentDescription = name
        },
        placeholder = { Text(name, maxLines = 1, overflow = TextOverflow.Ellipsis) },
        leadingIcon = { Icon(Icons.search, contentDescription = null) },
        trailingIcon = {
            if (text.isNotEmpty()) SignButton(Icons.close, LocalTexts.current.app.clearSearch, { onSearch("") })
        },
        singleLine = true,
        shape = CircleShape,
        keyboardOptions = KeyboardOptions(imeAction = ImeAction.Search),
        colors = TextFieldDefaults.colors(
            focusedIndicatorColor = Color.Transparent,
            unfocusedIndicatorColor = Color.Transparent,
        ),
    )
}
