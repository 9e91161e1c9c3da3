package org.rockon.ui.parts

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** The name of a part of a screen. */
@Composable
fun Heading(text: String, modifier: Modifier = Modifier) {
    Text(
        text,
        modifier
            .padding(start = Spacing.large, end = Spacing.large, top = Spacing.huge, bottom = Spacing.small)
            .semantics { heading() },
        color = LocalColours.current.textQuiet,
        style = MaterialTheme.typography.titleSmall,
    )
}

/** A row that does something: its name, and a word about it. */
@Composable
fun ActionRow(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    below: String? = null,
    colour: Color = LocalColours.current.text,
) {
    Lines(text, below, modifier.fillMaxWidth().clickable(onClick = onClick).inList(), colour)
}

/** A row that is on or off. */
@Composable
fun SwitchRow(text: String, isOn: Boolean, onTurn: (Boolean) -> Unit, modifier: Modifier = Modifier, below: String? = null) {
    Row(
        modifier.fillMaxWidth().toggleable(isOn, role = Role.Switch, onValueChange = onTurn).inList(),
        Arrangement.spacedBy(Spacing.large),
        Alignment.CenterVertically,
    ) {
        Lines(text, below, Modifier.weight(1f))
        Switch(isOn, onCheckedChange = null)
    }
}

/** One of some rows of which one is chosen. */
@Composable
fun ChoiceRow(text: String, isChosen: Boolean, onChoose: () -> Unit, modifier: Modifier = Modifier, below: String? = null) {
    Row(
        modifier.fillMaxWidth().selectable(isChosen, role = Role.RadioButton, onClick = onChoose).inList(),
        Arrangement.spacedBy(Spacing.large),
        Alignment.CenterVertically,
    ) {
        RadioButton(isChosen, onClick = null)
        Lines(text, below, Modifier.weight(1f))
    }
}

/** What a row says, and a word about it below. */
@Composable
internal fun Lines(text: String, below: String?, modifier: Modifier = Modifier, colour: Color = LocalColours.current.text) {
    Column(modifier, Arrangement.spacedBy(2.dp, Alignment.CenterVertically)) {
        Text(
            text,
            color = colour,
            style = MaterialTheme.typography.titleMedium,
            maxLines = 3,
            overflow = TextOverflow.Ellipsis,
        )
        below?.let { Text(it, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodyMedium) }
    }
}

/** As high as a finger needs, and as far from the edge as all rows. */
internal fun Modifier.inList(): Modifier =
    heightIn(min = Sizes.row).padding(horizontal = Spacing.large, vertical = Spacing.medium)
