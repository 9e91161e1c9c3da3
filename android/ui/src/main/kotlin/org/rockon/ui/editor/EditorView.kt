package org.rockon.ui.editor

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.text
import org.rockon.ui.fields.Choice
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.SignButton
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing
import org.rockon.ui.fields.Column as Of

/** What can be done there. */
@Immutable
data class EditorActs(
    val onType: (Of, String) -> Unit = { _, _ -> },
    val onToggle: (Of, String) -> Unit = { _, _ -> },
    val onTake: (Of) -> Unit = {},
    val onPick: (Of) -> Unit = {},
    val onSearch: (String) -> Unit = {},
    val onChoose: (Choice) -> Unit = {},
    val onSave: () -> Unit = {},
    val onClose: () -> Unit = {},
    val onStay: () -> Unit = {},
    val onDiscard: () -> Unit = {},
    val onCopy: () -> Unit = {},
    val onBringBack: () -> Unit = {},
)

private fun acts(model: EditorModel) = EditorActs(
    model::type,
    model::toggle,
    model::take,
    model::pick,
    model::search,
    model::choose,
    model::save,
    model::close,
    model::stay,
    model::discard,
    model::copy,
    model::bringBack,
)

@Composable
fun EditorScreen(model: EditorModel, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    EditorView(state, remember(model) { acts(model) }, modifier)
}

@Composable
fun EditorView(state: EditorState, acts: EditorActs, modifier: Modifier = Modifier) {
    state.picking?.let { return PickView(it, state.field(it.of).text, acts, modifier) }
    Scaffold(
        modifier.imePadding(),
        topBar = {
            BackBar(state.form.title(state.isNew, LocalTexts.current), acts.onClose, sign = Icons.close) {
                MainButton(
                    LocalTexts.current.app.save,
                    acts.onSave,
                    Modifier.padding(end = Spacing.medium),
                    isEnabled = state.canSave,
                )
            }
        },
    ) { padding ->
        if (state.isLoaded) Fields(state, acts, Modifier.padding(padding))
    }
    if (state.asksToDiscard) Discard(acts)
}

@Composable
private fun Fields(state: EditorState, acts: EditorActs, modifier: Modifier = Modifier) {
    val columns = if (LocalDensity.current.fontScale > 1.3f) 1 else 2
    Column(
        modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(horizontal = Spacing.large),
        verticalArrangement = Arrangement.spacedBy(12.dp),
    ) {
        state.deleted?.let { DeletedCard(it, state, acts) }
        state.failure?.let { FailureText(it.text(LocalTexts.current.language)) }
        state.fields.inRows(columns).forEach { beside ->
            Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp)) {
                beside.forEach { FieldView(it, state, acts, Modifier.weight(1f)) }
                if (beside.first().of.isShort) repeat(columns - beside.size) { Spacer(Modifier.weight(1f)) }
            }
        }
        Spacer(Modifier.height(Spacing.huge))
    }
}

/** What is short stands side by side; one under the other where large text needs the room. */
private fun List<Field>.inRows(columns: Int): List<List<Field>> = fold(emptyList()) { rows, field ->
    val last = rows.lastOrNull().orEmpty()
    val fits = field.of.isShort && last.size < columns && last.lastOrNull()?.of?.isShort == true
    if (fits) rows.dropLast(1) + listOf(last + field) else rows + listOf(listOf(field))
}

@Composable
private fun DeletedCard(deleted: Deleted, state: EditorState, acts: EditorActs) {
    val (colours, texts) = LocalColours.current to LocalTexts.current
    Column(
        Modifier
            .fillMaxWidth()
            .background(colours.warningGround, RoundedCornerShape(Sizes.corner))
            .padding(start = Spacing.large, top = Spacing.large, end = Spacing.large, bottom = Spacing.medium),
    ) {
        Text(
            deleted.by?.let { texts.editor.deleted(it, state.form.thing(texts)) } ?: texts.editor.deletedBySomeone,
            color = colours.onWarningGround,
            style = MaterialTheme.typography.bodyLarge,
        )
        FlowRow(Modifier.fillMaxWidth(), Arrangement.End) {
            TextButton(acts.onDiscard) { Text(texts.editor.letGo, color = colours.onWarningGround) }
            TextButton(acts.onCopy) { Text(texts.editor.copyText, color = colours.onWarningGround) }
            if (state.form.canComeBack) {
                TextButton(acts.onBringBack) { Text(texts.editor.bringBack, color = colours.onWarningGround) }
            }
        }
    }
}

@Composable
private fun Discard(acts: EditorActs) {
    AlertDialog(
        onDismissRequest = acts.onStay,
        confirmButton = { TextButton(acts.onStay) { Text(LocalTexts.current.editor.keepEditing) } },
        dismissButton = { TextButton(acts.onDiscard) { Text(LocalTexts.current.editor.discard) } },
        title = { Text(LocalTexts.current.editor.unsaved) },
        text = { Text(LocalTexts.current.editor.unsavedHint) },
    )
}
