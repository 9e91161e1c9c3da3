package org.rockon.ui.conflict

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import org.rockon.Choice
import org.rockon.Conflict
import org.rockon.ConflictId
import org.rockon.RockOn
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.notices.texts
import org.rockon.ui.parts.doing

/** One conflict; null once it is settled. */
internal fun RockOn.conflict(id: ConflictId): Flow<Conflict?> = conflicts().map { all -> all.find { it.id == id } }

/** Two values of one field, or a delete that met a change, and the choice between them. */
class ConflictModel(
    private val core: RockOn,
    private val id: ConflictId,
    bands: Bands,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(ConflictState())
    val state: StateFlow<ConflictState> = now.asStateFlow()

    init {
        scope.doing({ failure -> now.update { it.copy(failure = failure) } }) {
            combine(core.conflict(id), bands.state, ::Pair).collect { (conflict, bands) -> arrived(conflict, bands) }
        }
    }

    fun mine() = choose(Choice.Mine)

    fun theirs() = choose(Choice.Theirs)

    fun merge() = go.to(MergePlace(id))

    fun back() = go.back()

    private fun choose(choice: Choice) {
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing({ failure -> now.update { it.copy(isBusy = false, failure = failure) } }) {
            core.resolve(id, choice)
            go.back()
            go.tell(Bar { it.conflict.resolved })
        }
    }

    private suspend fun arrived(conflict: Conflict?, bands: BandsState) {
        if (conflict == null) return now.update { it.copy(isLoaded = true, isSettled = true) }
        val mayEdit = bands.all.find { it.id == conflict.what.scope }?.mayEdit ?: true
        now.update { it.with(conflict).copy(mayEdit = mayEdit) }
        val notice = conflict.notice ?: return
        core.seeNotice(notice)
        val text = core.texts()[notice]
        now.update { it.copy(text = text) }
    }
}
