package org.rockon.ui.band

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import org.rockon.Deleted
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.moment
import org.rockon.ui.parts.doing
import org.rockon.ui.texts.AppTexts

/**
 * @property rows what was deleted, the newest first
 * @property isLoaded the list has been read: an empty one is empty
 * @property failure why the server cannot be asked; what is known here is shown all the same
 */
@Immutable
data class DeletedState(
    val rows: List<DeletedRow> = emptyList(),
    val isLoaded: Boolean = false,
    val mayRestore: Boolean = false,
    val failure: RockOnException? = null,
)

/** Something that was deleted, ready to be drawn. */
@Immutable
data class DeletedRow(
    val id: RowId,
    val kind: Kind,
    val title: String,
    val by: String,
    val at: String,
    val isUnsent: Boolean = false,
)

private fun Deleted.row() = DeletedRow(id, kind, title, byName, moment(at), unsent)

/** What is called nothing is called by what it is. */
internal fun DeletedRow.name(texts: AppTexts): String = title.ifEmpty { kind.name(texts) }

internal fun Kind.name(texts: AppTexts): String = when (this) {
    Kind.SONG -> texts.kindSong
    Kind.SETLIST -> texts.kindSetlist
    Kind.SHOW -> texts.kindShow
    Kind.PRACTICE -> texts.kindPractice
    Kind.BAND, Kind.MEMBERSHIP, Kind.READ_MARK -> texts.tabBand
}

/** What was deleted lately in a band, or of one's own. */
class DeletedModel(private val core: RockOn, private val home: ScopeId, scope: CoroutineScope, private val go: Go) :
    Model<DeletedState>(DeletedState(), scope),
    DeletedActs {
    init {
        doing {
            combine(core.deleted(home).states, core.bands(), ::Pair).collect { (read, bands) ->
                val mayRestore = bands.find { it.id == home }?.mayEdit ?: true
                val rows = read.value?.map(Deleted::row)
                update { DeletedState(rows ?: it.rows, read.isLoaded || it.isLoaded, mayRestore, read.failure) }
            }
        }
    }

    override fun restore(row: DeletedRow) {
        scope.doing({ failure -> go.tell(Bar { failure.text(it.language) }) }) {
            core.restore(home, row.kind, row.id)
            go.tell(Bar { it.band.restored(row.name(it.app)) })
        }
    }

    override fun back() = go.back()

    override fun failed(failure: RockOnException) = update { it.copy(failure = failure) }
}
