package org.rockon.ui.setlists

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import org.rockon.FeedState
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Setlist
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.setlist.NewSetlistPlace
import org.rockon.ui.setlist.SetlistPlace

/** The list of setlists, or of those that are archived. */
class SetlistsModel(
    private val core: RockOn,
    private val bands: Bands,
    private val isArchive: Boolean,
    scope: CoroutineScope,
    private val go: Go,
) : Model<SetlistsState>(SetlistsState(isArchive, bands.state.value), scope),
    SetlistsActs {
    private val edits = SetlistEdits(core, scope, go)

    init {
        scope.launch { bands.state.collect(::placed) }
        doing { state.map { it.band?.id }.distinctUntilChanged().collectLatest { band -> band?.let { show(it) } } }
    }

    override fun choose(band: ScopeId) = bands.choose(band)

    override fun open(setlist: RowId) = go.to(SetlistPlace(setlist))

    override fun add() {
        shown.band?.let { go.to(NewSetlistPlace(it.id)) }
    }

    override fun archive() = go.to(ArchivePlace)

    override fun back() = go.back()

    override fun duplicate(setlist: RowId, name: String) = edits.duplicate(setlist, name)

    override fun putAway(setlist: RowId) = if (isArchive) edits.takeOut(setlist) else edits.archive(setlist)

    override fun delete(setlist: RowId) = edits.delete(setlist)

    override fun failed(failure: RockOnException) = update { it.copy(failure = failure) }

    /** Another band begins with nothing: a list never has another band's name above it. */
    private fun placed(bands: BandsState) = update { state ->
        if (bands.chosen?.id == state.band?.id) state.copy(bands = bands) else SetlistsState(isArchive, bands)
    }

    private suspend fun show(band: ScopeId) = core.setlists(band, isArchive).states.collect { read ->
        update { if (it.band?.id == band) it.with(read) else it }
    }

    private fun SetlistsState.with(read: FeedState<List<Setlist>>) = copy(
        rows = read.value?.map(Setlist::row) ?: rows,
        isLoaded = read.isLoaded || isLoaded,
        failure = read.failure,
    )
}
