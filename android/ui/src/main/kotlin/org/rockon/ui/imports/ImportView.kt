package org.rockon.ui.imports

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.SongChoice
import org.rockon.text
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.ChoiceRow
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.Heading
import org.rockon.ui.parts.MainButton
import org.rockon.ui.texts.SongsTexts
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class ImportActs(
    val onBack: () -> Unit = {},
    val onChooseFiles: () -> Unit = {},
    val onChoose: (SongChoice) -> Unit = {},
    val onRun: () -> Unit = {},
)

@Composable
fun ImportScreen(model: ImportModel, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    ImportView(state, remember(model) { ImportActs(model::back, model::choose, model::choose, model::run) }, modifier)
}

@Composable
fun ImportView(state: ImportState, acts: ImportActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier,
        topBar = { BackBar(texts.songs.importTitle, acts.onBack) },
        bottomBar = { if (state.isRead) Foot(state, acts) },
    ) { padding ->
        Box(Modifier.padding(padding)) {
            if (state.isRead) Plan(state, acts) else Start(state, acts)
        }
    }
}

@Composable
private fun Start(state: ImportState, acts: ImportActs) {
    val texts = LocalTexts.current
    EmptyMessage(state.failure?.text(texts.language) ?: texts.songs.importTitle, texts.songs.importHint) {
        MainButton(texts.songs.importChoose, acts.onChooseFiles, isEnabled = !state.isBusy)
    }
}

@Composable
private fun Plan(state: ImportState, acts: ImportActs) {
    val texts = LocalTexts.current
    LazyColumn(Modifier.fillMaxSize()) {
        item { Found(if (state.songs == 0) texts.songs.importNothing else texts.songs.importFound(state.songs.toLong())) }
        state.failure?.let { item { Remark(it.text(texts.language), LocalColours.current.danger) } }
        files(state, texts)
        if (state.known > 0) known(state, acts, texts.songs)
        if (state.warningCount > 0) remarks(state, texts)
    }
}

private fun LazyListScope.files(state: ImportState, texts: Texts) = items(state.files) { file ->
    file.failure?.let {
        Remark(texts.songs.importUnreadable(file.name), LocalColours.current.danger)
        Remark(it.text(texts.language))
    }
    if (file.ignored.isNotEmpty()) Remark(texts.songs.importColumns(file.ignored.joinToString()))
}

private fun LazyListScope.known(state: ImportState, acts: ImportActs, texts: SongsTexts) {
    item { Heading(texts.importKnown(state.known.toLong())) }
    items(SongChoice.entries) { ChoiceRow(it.name(texts), it == state.choice, { acts.onChoose(it) }) }
}

private fun LazyListScope.remarks(state: ImportState, texts: Texts) {
    item { Heading(texts.songs.importWarnings(state.warningCount.toLong())) }
    items(state.bad) { Remark(texts.songs.importLine(state.files[it.file].name, it.line, it.reason)) }
    items(state.warnings) {
        val words = listOf(it.text, it.kind.text(texts.language)).filter(String::isNotEmpty).joinToString(": ")
        Remark(texts.songs.importLine(state.files[it.file].name, it.line, words))
    }
}

@Composable
private fun Found(text: String) = Text(
    text,
    Modifier.padding(horizontal = Spacing.large).semantics { liveRegion = LiveRegionMode.Polite },
    style = MaterialTheme.typography.titleLarge,
)

@Composable
private fun Remark(text: String, colour: Color = LocalColours.current.textQuiet) = Text(
    text,
    Modifier.padding(horizontal = Spacing.large, vertical = Spacing.small),
    color = colour,
    style = MaterialTheme.typography.bodyMedium,
)

@Composable
private fun Foot(state: ImportState, acts: ImportActs) {
    val texts = LocalTexts.current.songs
    FlowRow(
        Modifier.fillMaxWidth().padding(Spacing.large),
        Arrangement.spacedBy(Spacing.medium, Alignment.End),
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        TextButton(acts.onChooseFiles, enabled = !state.isBusy) { Text(texts.importFiles) }
        MainButton(texts.importNow(state.taken.toLong()), acts.onRun, isEnabled = state.taken > 0 && !state.isBusy)
    }
}

private fun SongChoice.name(texts: SongsTexts): String = when (this) {
    SongChoice.SKIP -> texts.importKnownSkip
    SongChoice.UPDATE -> texts.importKnownUpdate
    SongChoice.ADD -> texts.importKnownAdd
}
