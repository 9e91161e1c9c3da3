package org.rockon.ui.setlist

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import org.rockon.ItemPlace
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.SessionState
import org.rockon.Setlist
import org.rockon.Verb
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.device.Device
import org.rockon.ui.gig.GigPlace
import org.rockon.ui.parts.doing
import org.rockon.ui.parts.moved
import org.rockon.ui.setlists.SetlistEdits
import org.rockon.ui.songs.SongPlace

/**
 * One setlist and its order. To look at it is to have read it: what was different by then stays on screen until it is dismissed.
 *
 * What a finger does to the order is shown at once; the core's answer follows, or a bar that says why not.
 */
class SetlistModel(
    private val core: RockOn,
    private val id: RowId,
    private val device: Device,
    scope: CoroutineScope,
    private val go: Go,
) : Model<SetlistState>(SetlistState(), scope),
    SetlistActs {
    private val edits = SetlistEdits(core, scope, go)
    private var list: Setlist? = null

    init {
        scope.doing({ failure -> update { it.copy(failure = failure) } }) {
            combine(core.setlist(id), core.bands(), ::Pair).collect { (list, bands) ->
                if (list == null) gone() else show(list, bands.find { it.id == list.scope }?.mayEdit ?: true)
            }
        }
    }

    override fun move(item: String, to: Int) {
        val from = shown.rows.indexOfFirst { it.id == item }
        if (from < 0 || to !in shown.rows.indices || from == to) return
        val order = shown.rows.moved(from, to)
        update { it.copy(rows = order, moved = Moved(item, to + 1, order.size)) }
        doing { core.moveItem(id, item, if (to == 0) ItemPlace.First else ItemPlace.After(order[to - 1].id)) }
    }

    override fun remove(item: String, title: String) {
        update { state -> state.copy(rows = state.rows.filter { it.id != item }) }
        doing {
            val taken = core.removeItem(id, item)
            go.tell(Bar({ core.putItemBack(id, taken) }) { it.setlist.removed(title) })
        }
    }

    override fun open(song: RowId) = go.to(SongPlace(song))

    override fun addSongs() = go.to(AddSongsPlace(id))

    override fun addBreak() {
        doing { go.to(EditItemPlace(id, core.addBreak(id, BREAK_MINUTES), ItemSort.BREAK)) }
    }

    override fun addSection(title: String) {
        doing { go.to(EditItemPlace(id, core.addSection(id, title), ItemSort.SECTION)) }
    }

    override fun editItem(item: ItemRow) {
        item.sort?.let { go.to(EditItemPlace(id, item.id, it)) }
    }

    override fun edit() = go.to(EditSetlistPlace(id))

    override fun duplicate(name: String) = edits.duplicate(id, name)

    override fun putAway() = if (shown.isArchived) edits.takeOut(id) else edits.archive(id)

    override fun delete() = edits.delete(id, go::back)

    override fun start() = go.to(GigPlace(id))

    override fun share() {
        doing { device.outside.share(core.setlistText(id)) }
    }

    override fun print() {
        doing { device.printer.print(shown.name, core.setlistHtml(id)) }
    }

    override fun dismiss() = update { it.copy(changes = null) }

    override fun back() = go.back()

    /** What is not done is told, and what was shown as done is as it was. */
    override fun failed(failure: RockOnException) {
        list?.let { list -> update { it.with(list) } }
        edits.failed(failure)
    }

    private suspend fun gone() {
        val last = core.history(Kind.SETLIST, id, limit = 1).firstOrNull { it.verb == Verb.DELETED }
        update { it.copy(isLoaded = true, gone = Gone(last?.actorName)) }
    }

    /** The setlist first; what has to be asked for comes after it. */
    private suspend fun show(list: Setlist, mayEdit: Boolean) {
        val isOther = this.list?.rev != list.rev
        this.list = list
        update { it.with(list).copy(mayEdit = mayEdit) }
        if (!isOther && !list.unread) return
        core.changesSinceSeen(Kind.SETLIST, id)?.changes(list)?.let { changes -> update { it.copy(changes = changes) } }
        // Even if it is not new: others see who has looked.
        core.markRead(Kind.SETLIST, id)
        if (isOther) scope.doing { seen() }
    }

    /** Only the server knows; without it nobody is named. */
    private suspend fun seen() {
        val me = (core.status.value.session as? SessionState.SignedIn)?.account?.user
        val others = core.seenBy(Kind.SETLIST, id).filter { it.user != me }
        update { it.copy(seenBy = others.map { one -> Seen(one.name, one.current) }) }
    }

    private companion object {
        /** A break is as long as it takes to queue for a drink, until somebody says otherwise. */
        const val BREAK_MINUTES = 15
    }
}
