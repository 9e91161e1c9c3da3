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
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Quiet
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface LogActs {
    fun copy() {}

    fun share() {}

    fun back() {}
}

@Composable
fun LogView(state: LogState, acts: LogActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(
        texts.status.log,
        acts::back,
        modifier,
        actions = {
            if (state.rows.isNotEmpty()) {
                TextButton(acts::copy) { Text(texts.app.copy) }
                TextButton(acts::share) { Text(texts.app.share) }
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
    val ink = if (row.isBad) LocalColours.current.danger else LocalColours.current.text
    Column(Modifier.fillMaxWidth().padding(Spacing.large, Spacing.small).semantics(mergeDescendants = true) {}) {
        Quiet(row.at, style = MaterialTheme.typography.bodySmall)
        Text(row.text, color = ink, style = MaterialTheme.typography.bodyMedium)
    }
}
