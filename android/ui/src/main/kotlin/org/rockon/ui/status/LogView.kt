package org.rockon.ui.status

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.Page
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class LogActs(val onCopy: () -> Unit = {}, val onShare: () -> Unit = {}, val onBack: () -> Unit = {})

@Composable
fun LogScreen(model: LogModel, modifier: Modifier = Modifier) =
    LogView(model.state, remember(model) { LogActs(model::copy, model::share, model::back) }, modifier)

@Composable
fun LogView(state: LogState, acts: LogActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(
        texts.status.log,
        acts.onBack,
        modifier,
        actions = {
            if (state.rows.isNotEmpty()) {
                TextButton(acts.onCopy) { Text(texts.app.copy) }
                TextButton(acts.onShare) { Text(texts.app.share) }
            }
        },
    ) { inside ->
        if (state.rows.isEmpty()) {
            EmptyMessage(texts.status.logEmpty, null, inside)
        } else {
            LazyColumn(inside.fillMaxSize()) { items(state.rows) { Line(it) } }
        }
    }
}

@Composable
private fun Line(row: LogRow) {
    val colours = LocalColours.current
    Column(
        Modifier
            .fillMaxWidth()
            .padding(horizontal = Spacing.large, vertical = Spacing.small)
            .semantics(mergeDescendants = true) {},
    ) {
        Text(row.at, color = colours.textQuiet, style = MaterialTheme.typography.bodySmall)
        Text(row.text, color = if (row.isBad) colours.danger else colours.text, style = MaterialTheme.typography.bodyMedium)
    }
}
