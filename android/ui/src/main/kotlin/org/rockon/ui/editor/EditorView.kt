package org.rockon.ui.editor

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
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
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.SignButton
import org.rockon.ui.song.FieldKind
import org.rockon.ui.song.SongField
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class EditorActs(
    val onType: (SongField, String) -> Unit = { _, _ -> },
    val onTake: (SongField) -> Unit = {},
    val onSave: () -> Unit = {},
    val onClose: () -> Unit = {},
    val onStay: () -> Unit = {},
    val onDiscard: () -> Unit = {},
    val onBringBack: () -> Unit = {},
)

@Composable
fun EditorScreen(
    model: EditorModel,
    modifier: Modifier = Modifier,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts =
        remember(model) {
            EditorActs(model::type, model::take, model::save, model::close, model::stay, model::discard, model::bringBack)
        }
    EditorView(state, acts, modifier)
}

@Composable
fun EditorView(
    state: EditorState,
    acts: EditorActs,
    modifier: Modifier = Modifier,
) {
    Scaffold(
        modifier.imePadding(),
        topBar = {
            TopAppBar(
                title = { Text(if (state.isNew) LocalTexts.current.songs.newTitle else LocalTexts.current.app.edit) },
                navigationIcon = { SignButton(Icons.close, LocalTexts.current.app.close, acts.onClose) },
                actions = {
                    MainButton(
                        LocalTexts.current.app.save,
                        acts.onSave,
                        Modifier.padding(end = Spacing.medium),
                        isEnabled = state.canSave,
                    )
                },
                colors = TopAppBarDefaults.topAppBarColors(containerColor = LocalColours.current.background),
            )
        },
    ) { padding ->
        if (state.isLoaded) Fields(state, acts, Modifier.padding(padding))
    }
    if (state.asksToDiscard) Discard(acts)
}

@Composable
private fun Fields(
    state: EditorState,
    acts: EditorActs,
    modifier: Modifier = Modifier,
) {
    Column(
        modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(horizontal = Spacing.large),
        verticalArrangement = Arrangement.spacedBy(12.dp),
    ) {
        state.deleted?.let { DeletedCard(it, acts) }
        state.failure?.let {
            Text(
                it.text(LocalTexts.current.language),
                Modifier.semantics { liveRegion = LiveRegionMode.Assertive },
                color = LocalColours.current.danger,
                style = MaterialTheme.typography.bodyMedium,
            )
        }
        val (short, long) = state.fields.partition { it.of.isShort }
        val (before, after) = long.partition { it.of < SongField.KEY }
        before.forEach { SongFieldView(it, acts, Modifier.fillMaxWidth()) }
        Pairs(short, acts)
        after.forEach { SongFieldView(it, acts, Modifier.fillMaxWidth()) }
        Spacer(Modifier.height(Spacing.huge))
    }
}

/** What is short stands side by side; one under the other where large text needs the room. */
@Composable
private fun Pairs(
    fields: List<Field>,
    acts: EditorActs,
) {
    val columns = if (LocalDensity.current.fontScale > 1.3f) 1 else 2
    fields.chunked(columns).forEach { beside ->
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp)) {
            beside.forEach { SongFieldView(it, acts, Modifier.weight(1f)) }
            repeat(columns - beside.size) { Spacer(Modifier.weight(1f)) }
        }
    }
}

private val SongField.isShort: Boolean
    get() = kind == FieldKind.NUMBER || kind == FieldKind.LENGTH || this == SongField.KEY || this == SongField.METRE

@Composable
private fun DeletedCard(
    deleted: Deleted,
    acts: EditorActs,
) {
    val colours = LocalColours.current
    Column(
        Modifier
            .fillMaxWidth()
            .background(colours.warningGround, RoundedCornerShape(12.dp))
            .padding(start = Spacing.large, top = Spacing.large, end = Spacing.large, bottom = Spacing.medium),
    ) {
        Text(deleted.words(LocalTexts.current), color = colours.onWarningGround, style = MaterialTheme.typography.bodyLarge)
        Row(Modifier.fillMaxWidth(), Arrangement.End) {
            TextButton(acts.onDiscard) { Text(LocalTexts.current.editor.letGo, color = colours.onWarningGround) }
            TextButton(acts.onBringBack) { Text(LocalTexts.current.editor.bringBack, color = colours.onWarningGround) }
        }
    }
}

private fun Deleted.words(texts: Texts): String =
    by?.let { texts.editor.deleted(it, texts.song.thing) } ?: texts.editor.deletedBySomeone

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
