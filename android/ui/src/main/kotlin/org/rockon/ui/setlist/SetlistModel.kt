package org.rockon.ui.setlist

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import org.rockon.ItemPlace
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.SessionState
import org.rockon.Setlist
import org.rockon.SetlistStatus
import org.rockon.Verb
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.device.Outside
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
    private val outside: Outside,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(SetlistState())
    val state: StateFlow<SetlistState> = now.asStateFlow()

    private val edits = SetlistEdits(core, scope, go)
    private var shown: Setlist? = null

    init {
        scope.doing({ failure -> now.update { it.copy(failure = failure) } }) {
            combine(core.setlist(id), core.bands(), ::Pair).collect { (list, bands) ->
                if (list == null) gone() else show(list, bands.find { it.id == list.scope }?.mayEdit ?: true)
            }
        }
    }

    /** Puts an item at a place, counted without it. */
    fun move(item: String, to: Int) {
        val rows = now.value.rows
        val from = rows.indexOfFirst { it.id == item }
        if (from < 0 || to !in rows.indices || from == to) return
        val order = rows.moved(from, to)
        now.update { it.copy(rows = order, moved = Moved(item, to + 1, order.size)) }
        editing { core.moveItem(id, item, if (to == 0) ItemPlace.First else ItemPlace.After(order[to - 1].id)) }
    }

    fun remove(item: String, title: String) {
        now.update { state -> state.copy(rows = state.rows.filter { it.id != item }) }
        editing {
            val taken = core.removeItem(id, item)
            go.tell(Bar({ core.putItemBack(id, taken) }) { it.setlist.removed(title) })
        }
    }

    fun open(song: RowId) = go.to(SongPlace(song))

    fun addSongs() = go.to(AddSongsPlace(id))

    fun addBreak() = editing { go.to(EditItemPlace(id, core.addBreak(id, BREAK_MINUTES), ItemSort.BREAK)) }

    /** It is called [title] until it is given a name. */
    fun addSection(title: String) = editing { go.to(EditItemPlace(id, core.addSection(id, title), ItemSort.SECTION)) }

    fun editItem(item: ItemRow) {
        val sort =
            when (item) {
                is ItemRow.Song -> ItemSort.SONG
                is ItemRow.Break -> ItemSort.BREAK
                is ItemRow.Section -> ItemSort.SECTION
                is ItemRow.Other -> return
            }
        go.to(EditItemPlace(id, item.id, sort))
    }

    fun edit() = go.to(EditSetlistPlace(id))

    fun duplicate(name: String) = edits.duplicate(id, name)

    fun putAway() = if (now.value.isArchived) edits.takeOut(id) else edits.archive(id)

    fun delete() = edits.delete(id, go::back)

    /** Onto the stage with it. */
    fun start() = go.to(GigPlace(id))

    fun share() = editing { outside.share(core.setlistText(id)) }

    fun dismiss() = now.update { it.copy(changes = null) }

    fun back() = go.back()

    /** What is not done is told, and what was shown as done is as it was. */
    private fun editing(act: suspend () -> Unit) {
        scope.doing(::failed) { act() }
    }

    private fun failed(failure: RockOnException) {
        shown?.let { list -> now.update { it.with(list) } }
        edits.failed(failure)
    }

    private suspend fun gone() {
        val last = core.history(Kind.SETLIST, id, limit = 1).firstOrNull { it.verb == Verb.DELETED }
        now.update { it.copy(isLoaded = true, gone = Gone(last?.actorName)) }
    }

    /** The setlist first; what has to be asked for comes after it. */
    private suspend fun show(list: Setlist, mayEdit: Boolean) {
        val isOther = shown?.rev != list.rev
        shown = list
        now.update { it.with(list).copy(mayEdit = mayEdit, isArchived = list.status == SetlistStatus.Archived) }
        if (list.unread) read(list)
        if (isOther) scope.doing { seen() }
    }

    /** Only the server knows; without it nobody is named. */
    private suspend fun seen() {
        val me = (core.status.value.session as? SessionState.SignedIn)?.account?.user
        val others = core.seenBy(Kind.SETLIST, id).filter { it.user != me }
        now.update { it.copy(seenBy = others.map { one -> one.shown() }) }
    }

    private suspend fun read(list: Setlist) {
        val since = core.changesSinceSeen(Kind.SETLIST, id)
        if (since != null) {
            val fields = since.fields.map { it.field }
            val changes = Changes(
                name = list.name.takeIf { NAME in fields },
                isNoted = NOTES in fields,
                steps = since.steps,
                by = since.fields.mapNotNull { it.byName }.distinct(),
            )
            now.update { it.copy(changes = changes.takeIf(Changes::isShown) ?: it.changes) }
        }
        core.markRead(Kind.SETLIST, id)
    }

    private companion object {
        const val NAME = "name"
        const val NOTES = "notes"

        /** A break is as long as it takes to queue for a drink, until somebody says otherwise. */
        const val BREAK_MINUTES = 15
    }
}
