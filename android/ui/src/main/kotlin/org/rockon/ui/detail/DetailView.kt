package org.rockon.ui.detail

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.RowId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.fields.Fact
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.Person
import org.rockon.ui.fields.items
import org.rockon.ui.fields.people
import org.rockon.ui.fields.said
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.SignButton
import org.rockon.ui.songs.beside
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class DetailActs(
    val onBack: () -> Unit = {},
    val onEdit: () -> Unit = {},
    val onWrapUp: () -> Unit = {},
    val onDismiss: () -> Unit = {},
    val onCancel: () -> Unit = {},
    val onDelete: () -> Unit = {},
    val onMap: () -> Unit = {},
    val onRemember: (Texts) -> Unit = {},
    val onCall: (String) -> Unit = {},
    val onMail: (String) -> Unit = {},
    val onSetlist: (RowId) -> Unit = {},
)

private fun acts(model: DetailModel) = DetailActs(
    model::back,
    model::edit,
    model::wrapUp,
    model::dismiss,
    model::cancel,
    model::delete,
    model::map,
    model::remember,
    model::call,
    model::mail,
    model::setlist,
)

@Composable
fun DetailScreen(model: DetailModel, frame: Frame, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    DetailView(state, frame, remember(model) { acts(model) }, modifier)
}

@Composable
fun DetailView(state: DetailState, frame: Frame, acts: DetailActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    DetailScaffold(frame, acts.onBack, modifier, { if (state.mayEdit && !state.isGone) Actions(state, acts) }) { padding ->
        when {
            state.failure != null -> EmptyMessage(state.failure.text(texts.language), null, padding)
            state.isGone -> EmptyMessage(state.form.gone(texts), null, padding)
            state.isLoaded -> Body(state, acts, padding)
        }
    }
}

@Composable
private fun Actions(state: DetailState, acts: DetailActs) {
    val texts = LocalTexts.current
    var isOpen by remember { mutableStateOf(false) }
    SignButton(Icons.edit, texts.app.edit, acts.onEdit)
    SignButton(Icons.more, texts.app.more, { isOpen = true })
    DropdownMenu(isOpen, { isOpen = false }) {
        if (!state.isCancelled) {
            MenuItem(state.form.cancel(texts)) {
                isOpen = false
                acts.onCancel()
            }
        }
        MenuItem(texts.app.delete) {
            isOpen = false
            acts.onDelete()
        }
    }
}

@Composable
private fun MenuItem(name: String, onClick: () -> Unit) =
    DropdownMenuItem({ Text(name, style = MaterialTheme.typography.bodyLarge) }, onClick)

@Composable
private fun Body(state: DetailState, acts: DetailActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    val (times, others) = state.facts.partition { it.of.kind == FieldKind.TIME }
    DetailColumn(modifier) {
        val status = state.status?.takeUnless { state.isCancelled }?.let { state.form.status.said(it, texts) }
        DetailHead(state.title.said(texts), beside(state.at, status).ifEmpty { null }, state.isUnsent)
        if (state.isCancelled) {
            Text(texts.calendar.cancelled, color = LocalColours.current.danger, style = MaterialTheme.typography.titleMedium)
        }
        if (state.changes.isNotEmpty()) ChangesCard(state.changes, acts.onDismiss)
        FactCards(times)
        others.forEach { FactView(it, state, acts) }
        Beyond(state, acts)
        if (state.seenBy.isNotEmpty()) {
            Text(
                texts.app.seenBy(state.seenBy.joinToString()),
                color = LocalColours.current.textQuiet,
                style = MaterialTheme.typography.bodySmall,
            )
        }
        state.lastChange?.let { LastEditLine(it) }
    }
}

/** What leads out of the screen. */
@Composable
private fun Beyond(state: DetailState, acts: DetailActs) {
    val texts = LocalTexts.current
    val room = Modifier.heightIn(min = Sizes.touch)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Spacing.medium)) {
        if (state.mayEdit && state.form.goals != null) MainButton(texts.practice.wrapUp, acts.onWrapUp, room)
        if (state.where != null) OutlinedButton(acts.onMap, room) { Text(texts.show.map) }
        if (state.at != null) OutlinedButton({ acts.onRemember(texts) }, room) { Text(texts.show.addToCalendar) }
    }
}

@Composable
private fun FactView(fact: Fact, state: DetailState, acts: DetailActs) {
    when (fact.of.kind) {
        FieldKind.TEXT -> Titled(fact) { Notes(fact.value) }
        FieldKind.LINES -> Titled(fact) { fact.value.items().forEach { Goal(it, it in state.reached) } }
        FieldKind.PEOPLE -> Titled(fact) { fact.value.people().forEach { Contact(it, acts) } }
        FieldKind.ONE -> state.setlist?.let { Linked(fact) { acts.onSetlist(it) } }
        else -> FactLine(fact)
    }
}

@Composable
private fun Titled(fact: Fact, content: @Composable () -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.small)) {
        Text(
            fact.of.label(LocalTexts.current),
            Modifier.semantics { heading() },
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.titleSmall,
        )
        content()
    }
}

/** What is to be reached: with a tick, and words for who does not see it, when it was. */
@Composable
private fun Goal(text: String, isReached: Boolean) {
    Row(Modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Spacing.medium)) {
        if (isReached) {
            Icon(
                Icons.check,
                LocalTexts.current.practice.reachedTitle,
                Modifier.size(Sizes.icon),
                tint = LocalColours.current.success,
            )
        } else {
            Text("–", Modifier.size(Sizes.icon), style = MaterialTheme.typography.bodyLarge)
        }
        Text(text, style = MaterialTheme.typography.bodyLarge)
    }
}

/** Somebody at the venue, a tap away. */
@Composable
private fun Contact(person: Person, acts: DetailActs) {
    val texts = LocalTexts.current
    Row(Modifier.fillMaxWidth().heightIn(min = Sizes.touch), verticalAlignment = Alignment.CenterVertically) {
        Column(Modifier.weight(1f).semantics(mergeDescendants = true) {}) {
            Text(person.name.ifBlank { person.phone.ifBlank { person.email } }, style = MaterialTheme.typography.bodyLarge)
            if (person.role.isNotBlank()) {
                Text(person.role, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodyMedium)
            }
        }
        if (person.phone.isNotBlank()) SignButton(Icons.call, texts.show.call(person.name), { acts.onCall(person.phone) })
        if (person.email.isNotBlank()) SignButton(Icons.mail, texts.show.mail(person.name), { acts.onMail(person.email) })
    }
}

/** Another row, one tap away. */
@Composable
private fun Linked(fact: Fact, onOpen: () -> Unit) {
    Row(
        Modifier.fillMaxWidth().clickable(onClick = onOpen).heightIn(min = Sizes.touch),
        Arrangement.spacedBy(Spacing.large),
        Alignment.CenterVertically,
    ) {
        Icon(Icons.setlists, fact.of.label(LocalTexts.current), tint = LocalColours.current.accent)
        Text(fact.value, Modifier.weight(1f), color = LocalColours.current.accent, style = MaterialTheme.typography.bodyLarge)
    }
}
