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
import org.rockon.ui.day
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.people
import org.rockon.ui.fields.said
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.time
import org.rockon.ui.tokens.Spacing
import org.rockon.ui.fields.Column as Of

/** A field, what is wrong with it, and what somebody else made of it meanwhile. */
@Composable
internal fun FieldView(field: Field, state: EditorState, acts: EditorActs, modifier: Modifier = Modifier) {
    Column(modifier) {
        when (field.of.kind) {
            FieldKind.CHOICE -> ChoiceInput(field, acts)
            FieldKind.TICKS -> TicksInput(field, acts)
            FieldKind.ONE, FieldKind.MANY -> PickInput(field, state, acts)
            FieldKind.MOMENT -> MomentInput(field, acts)
            FieldKind.PEOPLE -> PeopleInput(field, acts)
            else -> TextInput(field, acts)
        }
        field.theirs?.let { OfTheirs(state.theirs(field.of, it.value), it.who) { acts.onTake(field.of) } }
    }
}

@Composable
private fun TextInput(field: Field, acts: EditorActs) {
    val texts = LocalTexts.current
    val isLong = field.of.kind == FieldKind.TEXT || field.of.kind == FieldKind.LINES
    OutlinedTextField(
        field.text,
        { acts.onType(field.of, it) },
        Modifier.fillMaxWidth().testTag(field.of.column),
        label = { Text(field.of.label(texts)) },
        trailingIcon = if (field.of.kind == FieldKind.TIME) ({ TimeButton(field, acts) }) else null,
        suffix = if (field.of.kind == FieldKind.MINUTES) ({ Text(texts.app.minutesUnit) }) else null,
        supportingText = field.wrong(texts)?.let { { Text(it) } },
        isError = field.wrong != null,
        singleLine = !isLong,
        minLines = if (isLong) 4 else 1,
        keyboardOptions = keyboard(field.of),
    )
}

/** What is wrong with it, in words. */
internal fun Field.wrong(texts: Texts): String? = when (wrong?.what) {
    null -> if (of.kind == FieldKind.LINES) texts.editor.oneALine else null
    Wrong.What.MISSING -> of.missing(texts)
    Wrong.What.NO_NUMBER -> if (of.kind == FieldKind.MONEY) texts.editor.amountWrong else texts.song.numberWrong
    Wrong.What.NO_LENGTH -> texts.song.durationHint
    Wrong.What.REFUSED -> wrong.failure?.text(texts.language)
}

private fun keyboard(of: Of): KeyboardOptions {
    val isLong = of.kind == FieldKind.TEXT || of.kind == FieldKind.LINES
    val next = if (isLong) ImeAction.Default else ImeAction.Next
    return when {
        of.kind == FieldKind.NUMBER || of.kind == FieldKind.MINUTES -> {
            KeyboardOptions(keyboardType = KeyboardType.Number, imeAction = next)
        }

        of.kind == FieldKind.MONEY -> KeyboardOptions(keyboardType = KeyboardType.Decimal, imeAction = next)

        isLong -> KeyboardOptions(KeyboardCapitalization.Sentences, imeAction = next)

        of.isName -> KeyboardOptions(KeyboardCapitalization.Words, imeAction = next)

        else -> KeyboardOptions(imeAction = next)
    }
}

@Composable
private fun EditorState.theirs(of: Of, value: String): String = when (of.kind) {
    FieldKind.MOMENT -> value.moment()?.let { "${day(it.toLocalDate())}, ${time(it.toLocalTime())}" }.orEmpty()
    FieldKind.PEOPLE -> value.people().joinToString { it.name }
    else -> shown(of, of.said(value, LocalTexts.current))
}

@Composable
private fun OfTheirs(value: String, who: String?, onTake: () -> Unit) {
    val texts = LocalTexts.current
    Row(Modifier.fillMaxWidth().padding(start = Spacing.medium), verticalAlignment = Alignment.CenterVertically) {
        Text(
            texts.editor.theirsBeside(who ?: texts.app.someone, value.ifEmpty { "–" }),
            Modifier.weight(1f),
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.bodyMedium,
        )
        TextButton(onTake) { Text(LocalTexts.current.editor.takeTheirs) }
    }
}
