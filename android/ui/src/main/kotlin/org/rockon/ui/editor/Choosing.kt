package org.rockon.ui.editor

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Checkbox
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.rockon.ui.fields.Named
import org.rockon.ui.fields.items
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.SignButton
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** What a field that is chosen is called. */
@Composable
private fun ColumnScope.Label(field: Field) {
    val texts = LocalTexts.current
    Text(field.of.label(texts), color = LocalColours.current.textQuiet, style = MaterialTheme.typography.labelMedium)
    if (field.wrong != null) {
        Text(field.wrong(texts).orEmpty(), color = LocalColours.current.danger, style = MaterialTheme.typography.bodyMedium)
    }
}

/** One of a few, all in sight. */
@Composable
internal fun ColumnScope.ChoiceInput(field: Field, acts: EditorActs) {
    Label(field)
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(Spacing.medium),
        verticalArrangement = Arrangement.spacedBy(Spacing.medium),
    ) {
        field.options.forEach { option ->
            FilterChip(
                field.text == option,
                { acts.onToggle(field.of, option) },
                { Text(field.of.option(option, LocalTexts.current), style = MaterialTheme.typography.bodyLarge) },
                Modifier.heightIn(min = Sizes.touch),
                leadingIcon = if (field.text == option) ({ Icon(Icons.check, contentDescription = null) }) else null,
                border = BorderStroke(1.dp, LocalColours.current.outline),
            )
        }
    }
}

/** Some of a list, each ticked. */
@Composable
internal fun ColumnScope.TicksInput(field: Field, acts: EditorActs) {
    Label(field)
    field.options.forEach { option -> TickRow(option, option in field.text.items()) { acts.onToggle(field.of, option) } }
}

@Composable
private fun TickRow(name: String, isTicked: Boolean, onTick: () -> Unit) {
    Row(
        Modifier.fillMaxWidth().toggleable(isTicked, role = Role.Checkbox) { onTick() }.heightIn(min = Sizes.touch),
        Arrangement.spacedBy(Spacing.large),
        Alignment.CenterVertically,
    ) {
        Checkbox(isTicked, null)
        Text(name, style = MaterialTheme.typography.bodyLarge)
    }
}

/** What is chosen elsewhere: it looks like a field, and leads there. */
@Composable
internal fun Chooser(field: Field, value: String, onChoose: () -> Unit, modifier: Modifier = Modifier, name: String? = null) {
    Column(
        modifier
            .border(1.dp, LocalColours.current.run { if (field.wrong == null) outline else danger }, RoundedCornerShape(4.dp))
            .clickable(role = Role.Button, onClick = onChoose)
            .heightIn(min = 56.dp)
            .padding(horizontal = Spacing.large, vertical = Spacing.medium)
            .semantics(mergeDescendants = true) {}
            .testTag(field.of.column + name.orEmpty()),
        verticalArrangement = Arrangement.Center,
    ) {
        if (name == null) {
            Label(field)
        } else {
            Text(name, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.labelMedium)
        }
        Text(value, style = MaterialTheme.typography.bodyLarge)
    }
}

/** Rows by their names. */
@Composable
internal fun PickInput(field: Field, state: EditorState, acts: EditorActs) =
    Chooser(field, state.shown(field.of, field.text).ifEmpty { "–" }, { acts.onPick(field.of) }, Modifier.fillMaxWidth())

/** The rows that a field can name, found by a search where there may be many. */
@Composable
internal fun PickView(picking: Picking, chosen: String, acts: EditorActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier,
        topBar = {
            BackBar(picking.of.label(texts), acts.onClose) {
                MainButton(texts.app.done, acts.onClose, Modifier.padding(end = Spacing.medium))
            }
        },
    ) { padding ->
        Column(Modifier.fillMaxSize().padding(padding).padding(horizontal = Spacing.large)) {
            if (picking.of.named == Named.SONG) {
                OutlinedTextField(
                    picking.search,
                    acts.onSearch,
                    Modifier.fillMaxWidth(),
                    label = { Text(texts.app.search) },
                    singleLine = true,
                )
            }
            LazyColumn {
                items(picking.choices, key = { it.id }) { choice ->
                    TickRow(choice.name, choice.id in chosen.items()) { acts.onChoose(choice) }
                }
            }
        }
    }
}
