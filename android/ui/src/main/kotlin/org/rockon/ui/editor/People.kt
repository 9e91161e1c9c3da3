package org.rockon.ui.editor

import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
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
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import org.rockon.ui.fields.Person
import org.rockon.ui.fields.people
import org.rockon.ui.fields.text
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** People at the venue, each in a card; one more at the end. */
@Composable
internal fun ColumnScope.PeopleInput(field: Field, acts: EditorActs) {
    val texts = LocalTexts.current
    val people = field.text.people()
    val type = { all: List<Person> -> acts.onType(field.of, all.text()) }
    Text(field.of.label(texts), color = LocalColours.current.textQuiet, style = MaterialTheme.typography.labelMedium)
    people.forEachIndexed { at, person ->
        PersonCard(person, at, { new -> type(people.map { if (it.id == person.id) new else it }) }) { type(people - person) }
    }
    TextButton({ type(people + Person.new()) }, Modifier.heightIn(min = Sizes.touch)) { Text(texts.show.addContact) }
}

@Composable
private fun PersonCard(person: Person, at: Int, onChange: (Person) -> Unit, onRemove: () -> Unit) {
    val texts = LocalTexts.current
    Column(
        Modifier
            .fillMaxWidth()
            .padding(vertical = Spacing.small)
            .border(1.dp, LocalColours.current.line, RoundedCornerShape(Sizes.corner))
            .padding(Spacing.medium),
    ) {
        Part(person.name, texts.show.contactName, "name$at") { onChange(person.copy(name = it)) }
        Part(person.role, texts.show.contactRole, "role$at") { onChange(person.copy(role = it)) }
        Part(person.phone, texts.show.contactPhone, "phone$at", KeyboardType.Phone) { onChange(person.copy(phone = it)) }
        Part(person.email, texts.show.contactEmail, "email$at", KeyboardType.Email) { onChange(person.copy(email = it)) }
        TextButton(onRemove, Modifier.align(Alignment.End).heightIn(min = Sizes.touch)) { Text(texts.app.remove) }
    }
}

@Composable
private fun Part(text: String, label: String, tag: String, type: KeyboardType = KeyboardType.Text, onType: (String) -> Unit) {
    OutlinedTextField(
        text,
        onType,
        Modifier.fillMaxWidth().testTag(tag),
        label = { Text(label) },
        singleLine = true,
        keyboardOptions = KeyboardOptions(keyboardType = type, imeAction = ImeAction.Next),
    )
}
