package org.rockon.ui.songs

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
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Song
import org.rockon.ui.Go
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.doing

/** How many rows a list begins with, and grows by. */
internal const val PAGE = 100

/** The list of songs. The core searches, orders and counts; this keeps what was chosen. */
class SongsModel(
    private val core: RockOn,
    private val kept: Kept,
    private val bands: Bands,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private data class Query(
        val scope: ScopeId,
        val search: String,
    )

    private val now = MutableStateFlow(SongsState(bands.state.value, search = kept[SEARCH].orEmpty()))
    val state: StateFlow<SongsState> = now.asStateFlow()

    private val limit = MutableStateFlow(PAGE)

    init {
        scope.launch { bands.state.collect(::placed) }
        scope.doing(::failed) {
            val queries = now.map { state -> state.band?.let { Query(it.id, state.search) } }
            queries.distinctUntilChanged().collectLatest { query -> query?.let { show(it) } }
        }
    }

    fun search(text: String) {
        kept[SEARCH] = text.ifEmpty { null }
        now.update { it.copy(search = text) }
    }

    fun choose(band: ScopeId) = bands.choose(band)

    /** A row this far down is on screen: the list grows before its end is. */
    fun reached(row: Int) = limit.update { if (row > it - PAGE / 2) it + PAGE else it }

    fun open(song: RowId) = go.to(SongPlace(song))

    fun add() {
        now.value.band?.let { go.to(NewSongPlace(it.id)) }
    }

    /** Another band begins with nothing: a list never has another band's name above it. */
    private fun placed(bands: BandsState) =
        now.update { state ->
            if (bands.chosen?.id == state.band?.id) state.copy(bands = bands) else SongsState(bands, state.search)
        }

    /** What was on screen stays until the new list is there. */
    private suspend fun show(query: Query) {
        limit.value = PAGE
        core.songs(query.scope, query.search, limit = PAGE, limits = limit).states.collect { read ->
            val count = core.countSongs(query.scope, query.search)
            now.update { if (it.band?.id == query.scope) it.with(read, count) else it }
        }
    }

    private fun SongsState.with(
        read: FeedState<List<Song>>,
        count: Int,
    ) = copy(
        rows = read.value?.map(Song::row) ?: rows,
        count = count,
        isLoaded = read.isLoaded || isLoaded,
        failure = read.failure,
    )

    private fun failed(failure: RockOnException) = now.update { it.copy(failure = failure) }

    private companion object {
        const val SEARCH = "songs.search"
    }
}
