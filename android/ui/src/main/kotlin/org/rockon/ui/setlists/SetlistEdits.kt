package org.rockon.ui.setlists

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.first
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.Setlist
import org.rockon.SetlistStatus
import org.rockon.setlist
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.parts.doing

/** What is done to a setlist as a whole, in the list and on its own screen. Each is told by a bar that takes it back. */
internal class SetlistEdits(private val core: RockOn, private val scope: CoroutineScope, private val go: Go) {
    /** The same once more, under another name and for no show; what is in it are new items. */
    fun duplicate(id: RowId, name: String) {
        scope.doing(::failed) {
            val copy = core.duplicateSetlist(id, name)
            go.tell(Bar({ core.delete(Kind.SETLIST, copy) }) { it.setlists.duplicated(name) })
        }
    }

    fun archive(id: RowId) = with(id) { list ->
        status(list, SetlistStatus.Archived)
        go.tell(Bar({ status(list, list.status) }) { it.setlists.archived(list.name) })
    }

    fun takeOut(id: RowId) = with(id) { list ->
        status(list, SetlistStatus.Active)
        go.tell(Bar({ status(list, list.status) }) { it.setlists.unarchived(list.name) })
    }

    fun delete(id: RowId, then: () -> Unit = {}) = with(id) { list ->
        core.delete(Kind.SETLIST, id)
        go.tell(Bar({ core.restore(list.scope, Kind.SETLIST, id) }) { it.setlists.deleted(list.name) })
        then()
    }

    fun failed(failure: RockOnException) = go.tell(Bar { failure.text(it.language) })

    private suspend fun status(of: Setlist, to: SetlistStatus?) = core.change(of.id, setlist { status = to })

    private fun with(id: RowId, act: suspend (Setlist) -> Unit) {
        scope.doing(::failed) { core.setlist(id).first()?.let { act(it) } }
    }
}
