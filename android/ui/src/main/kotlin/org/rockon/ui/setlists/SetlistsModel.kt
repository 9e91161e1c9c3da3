package org.rockon.ui.setlists

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.rockon.FeedState
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Setlist
import org.rockon.ui.Go
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.parts.doing
import org.rockon.ui.setlist.NewSetlistPlace
import org.rockon.ui.setlist.SetlistPlace

/** The list of setlists, or of those that are archived. */
class SetlistsModel(
    private val core: RockOn,
    private val bands: Bands,
    private val isArchive: Boolean,
    scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(SetlistsState(isArchive, bands.state.value))
    val state: StateFlow<SetlistsState> = now.asStateFlow()

    private val edits = SetlistEdits(core, scope, go)

    init {
        scope.launch { bands.state.collect(::placed) }
        scope.doing({ failure -> now.update { it.copy(failure = failure) } }) {
            now.map { it.band?.id }.distinctUntilChanged().collectLatest { band -> band?.let { show(it) } }
        }
    }

    fun choose(band: ScopeId) = bands.choose(band)

    fun open(setlist: RowId) = go.to(SetlistPlace(setlist))

    fun add() {
        now.value.band?.let { go.to(NewSetlistPlace(it.id)) }
    }

    fun archive() = go.to(ArchivePlace)

    fun back() = go.back()

    fun duplicate(setlist: RowId, name: String) = edits.duplicate(setlist, name)

    /** Into the archive, or out of it. */
    fun putAway(setlist: RowId) = if (isArchive) edits.takeOut(setlist) else edits.archive(setlist)

    fun delete(setlist: RowId) = edits.delete(setlist)

    /** Another band begins with nothing: a list never has another band's name above it. */
    private fun placed(bands: BandsState) = now.update { state ->
        if (bands.chosen?.id == state.band?.id) state.copy(bands = bands) else SetlistsState(isArchive, bands)
    }

    private suspend fun show(band: ScopeId) {
        core.setlists(band, isArchive).states.collect { read ->
            now.update { if (it.band?.id == band) it.with(read) else it }
        }
    }

    private fun SetlistsState.with(read: FeedState<List<Setlist>>) = copy(
        rows = read.value?.map(Setlist::row) ?: rows,
        isLoaded = read.isLoaded || isLoaded,
        failure = read.failure,
    )
}
