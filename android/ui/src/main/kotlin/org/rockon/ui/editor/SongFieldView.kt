package org.rockon.ui.editor

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import org.rockon.text
import org.rockon.ui.song.FieldKind
import org.rockon.ui.song.SongField
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** A field, what is wrong with it, and what somebody else made of it meanwhile. */
@Composable
internal fun SongFieldView(
    field: Field,
    acts: EditorActs,
    modifier: Modifier = Modifier,
) {
    val texts = LocalTexts.current
    Column(modifier) {
        OutlinedTextField(
            field.text,
            { acts.onType(field.of, it) },
            Modifier.fillMaxWidth().testTag(field.of.column),
            label = { Text(field.of.label(texts.song)) },
            supportingText = field.wrong?.let { { Text(it.words(texts)) } },
            isError = field.wrong != null,
            singleLine = field.of.kind != FieldKind.TEXT,
            minLines = if (field.of.kind == FieldKind.TEXT) 4 else 1,
            keyboardOptions = keyboard(field.of),
        )
        field.theirs?.let { OfTheirs(it) { acts.onTake(field.of) } }
    }
}

@Composable
private fun OfTheirs(
    theirs: Theirs,
    onTake: () -> Unit,
) {
    val texts = LocalTexts.current
    Row(Modifier.fillMaxWidth().padding(start = Spacing.medium), verticalAlignment = Alignment.CenterVertically) {
        Text(
            texts.editor.theirsBeside(theirs.who ?: texts.app.someone, theirs.value.ifEmpty { "–" }),
            Modifier.weight(1f),
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.bodyMedium,
        )
        TextButton(onTake) { Text(LocalTexts.current.editor.takeTheirs) }
    }
}

private fun Wrong.words(texts: Texts): String =
    when (what) {
        Wrong.What.NO_TITLE -> texts.song.titleMissing
        Wrong.What.NO_NUMBER -> texts.song.numberWrong
        Wrong.What.NO_LENGTH -> texts.song.durationHint
        Wrong.What.REFUSED -> failure?.text(texts.language).orEmpty()
    }

private fun keyboard(of: SongField): KeyboardOptions {
    val next = if (of.kind == FieldKind.TEXT) ImeAction.Default else ImeAction.Next
    return when {
        of.kind == FieldKind.NUMBER -> KeyboardOptions(keyboardType = KeyboardType.Number, imeAction = next)
        of.kind == FieldKind.TEXT -> KeyboardOptions(KeyboardCapitalization.Sentences, imeAction = next)
        of == SongField.TITLE || of == SongField.ARTIST -> KeyboardOptions(KeyboardCapitalization.Words, imeAction = next)
        else -> KeyboardOptions(imeAction = next)
    }
}
