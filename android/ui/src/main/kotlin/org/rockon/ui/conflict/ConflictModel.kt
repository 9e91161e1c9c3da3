package org.rockon.ui.conflict

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.map
import org.rockon.Choice
import org.rockon.Conflict
import org.rockon.ConflictId
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.notices.texts

/** One conflict; null once it is settled. */
internal fun RockOn.conflict(id: ConflictId): Flow<Conflict?> = conflicts().map { all -> all.find { it.id == id } }

/** Two values of one field, or a delete that met a change, and the choice between them. */
class ConflictModel(
    private val core: RockOn,
    private val id: ConflictId,
    bands: Bands,
    scope: CoroutineScope,
    private val go: Go,
) : Model<ConflictState>(ConflictState(), scope),
    ConflictActs {
    init {
        doing { combine(core.conflict(id), bands.state, ::Pair).collect { (conflict, bands) -> arrived(conflict, bands) } }
    }

    override fun mine() = choose(Choice.Mine)

    override fun theirs() = choose(Choice.Theirs)

    override fun merge() = go.to(MergePlace(id))

    override fun back() = go.back()

    override fun failed(failure: RockOnException) = update { it.copy(isBusy = false, failure = failure) }

    private fun choose(choice: Choice) {
        update { it.copy(isBusy = true, failure = null) }
        doing {
            core.resolve(id, choice)
            go.back()
            go.tell(Bar { it.conflict.resolved })
        }
    }

    private suspend fun arrived(conflict: Conflict?, bands: BandsState) {
        if (conflict == null) return update { it.copy(isLoaded = true, isSettled = true) }
        val mayEdit = bands.all.find { it.id == conflict.what.scope }?.mayEdit ?: true
        update { it.with(conflict).copy(mayEdit = mayEdit) }
        val notice = conflict.notice ?: return
        core.seeNotice(notice)
        val text = core.texts()[notice]
        update { it.copy(text = text) }
    }
}
