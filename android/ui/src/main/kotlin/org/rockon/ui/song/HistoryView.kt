package org.rockon.ui.song

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.Verb
import org.rockon.text
import org.rockon.ui.detail.words
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

@Composable
fun HistoryView(state: HistoryState, onBack: () -> Unit, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(modifier, topBar = { BackBar(texts.song.history, onBack) }) { padding ->
        val failure = state.failure
        when {
            failure != null -> EmptyMessage(failure.text(texts.language), null, Modifier.padding(padding))
            state.isLoaded && state.steps.isEmpty() -> EmptyMessage(texts.song.historyEmpty, null, Modifier.padding(padding))
            else -> Steps(state, Modifier.padding(padding))
        }
    }
}

@Composable
private fun Steps(state: HistoryState, modifier: Modifier = Modifier) {
    LazyColumn(modifier.fillMaxSize(), contentPadding = PaddingValues(horizontal = Spacing.large)) {
        item {
            Text(state.title, style = MaterialTheme.typography.titleLarge, maxLines = 2, overflow = TextOverflow.Ellipsis)
        }
        items(state.steps) { Step(it) }
    }
}

@Composable
private fun Step(done: Done) {
    val texts = LocalTexts.current
    Column(Modifier.padding(top = Spacing.huge).semantics(mergeDescendants = true) {}) {
        Text(done.words(texts), style = MaterialTheme.typography.titleMedium)
        done.at?.let { Text(it, color = LocalColours.current.textQuiet, style = MaterialTheme.typography.bodyMedium) }
        done.changes.forEach {
            Text(
                it.words(texts),
                Modifier.padding(top = Spacing.small),
                style = MaterialTheme.typography.bodyLarge,
                maxLines = 6,
                overflow = TextOverflow.Ellipsis,
            )
        }
    }
}

private fun Done.words(texts: Texts): String {
    val name = by ?: texts.app.someone
    return when (verb) {
        Verb.ADDED -> texts.song.historyAdded(name)
        Verb.CHANGED, Verb.MOVED -> texts.song.historyChanged(name)
        Verb.DELETED -> texts.song.historyDeleted(name)
        Verb.RESTORED -> texts.song.historyRestored(name)
    }
}
