package org.rockon.ui.band

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import org.rockon.Deleted
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
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
class DeletedModel(private val core: RockOn, private val home: ScopeId, private val scope: CoroutineScope, private val go: Go) {
    private val now = MutableStateFlow(DeletedState())
    val state: StateFlow<DeletedState> = now.asStateFlow()

    init {
        scope.doing({ failure -> now.update { it.copy(failure = failure) } }) {
            combine(core.deleted(home).states, core.bands(), ::Pair).collect { (read, bands) ->
                now.update { state ->
                    DeletedState(
                        read.value?.map(Deleted::row) ?: state.rows,
                        read.isLoaded || state.isLoaded,
                        bands.find { it.id == home }?.mayEdit ?: true,
                        read.failure,
                    )
                }
            }
        }
    }

    fun restore(row: DeletedRow) {
        scope.doing({ failure -> go.tell(Bar { failure.text(it.language) }) }) {
            core.restore(home, row.kind, row.id)
            go.tell(Bar { it.band.restored(row.name(it.app)) })
        }
    }

    fun back() = go.back()
}
