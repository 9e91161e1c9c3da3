package org.rockon.ui.band

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Lines
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.UnsentMark
import org.rockon.ui.parts.inList
import org.rockon.ui.songs.beside
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface DeletedActs {
    fun back() {}

    fun restore(row: DeletedRow) {}
}

@Composable
fun DeletedView(state: DeletedState, frame: Frame, acts: DeletedActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(texts.band.deletedTitle, acts::back, modifier, frame) { padding ->
        Column(padding.fillMaxSize()) {
            state.failure?.let { FailureText(it.text(texts.language), Modifier.padding(Spacing.large)) }
            when {
                state.rows.isNotEmpty() -> Rows(state, acts)
                state.isLoaded -> EmptyMessage(texts.band.deletedEmpty, texts.band.deletedHint)
            }
        }
    }
}

@Composable
private fun Rows(state: DeletedState, acts: DeletedActs) {
    LazyColumn {
        item("hint", "hint") { Quiet(LocalTexts.current.band.deletedHint, Modifier.padding(Spacing.large)) }
        items(state.rows, { it.id.value }, { "deleted" }) { row -> Line(row, acts::restore.takeIf { state.mayRestore }) }
    }
}

@Composable
private fun Line(row: DeletedRow, onRestore: ((DeletedRow) -> Unit)?) {
    val texts = LocalTexts.current
    val name = row.name(texts.app)
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        Lines(
            name,
            beside(row.kind.name(texts.app).takeIf { it != name }, texts.band.deletedBy(row.by, row.at)),
            Modifier.weight(1f).semantics(mergeDescendants = true) {}.inList(),
        )
        if (row.isUnsent) UnsentMark(Modifier.padding(horizontal = Spacing.medium))
        onRestore?.let {
            TextButton({ it(row) }, Modifier.semantics { contentDescription = "${texts.app.restore}: $name" }) {
                Text(texts.app.restore)
            }
        }
    }
}
