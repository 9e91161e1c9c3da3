package org.rockon.ui.songs

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import org.rockon.Band
import org.rockon.FeedState
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.Role
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.SessionState
import org.rockon.Song
import org.rockon.Status
import org.rockon.ui.Go
import org.rockon.ui.Place
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.doing

/** How many rows a list begins with, and grows by. */
internal const val PAGE = 100

/** The list of songs. The core searches, orders and counts; this keeps what was chosen. */
class SongsModel(
    private val core: RockOn,
    private val kept: Kept,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private data class Query(
        val scope: ScopeId,
        val search: String,
    )

    private val now = MutableStateFlow(SongsState(search = kept[SEARCH].orEmpty()))
    val state: StateFlow<SongsState> = now.asStateFlow()

    private val limit = MutableStateFlow(PAGE)

    init {
        scope.doing(::failed) { combine(core.bands(), core.status, ::choices).collect(::placed) }
        scope.doing(::failed) {
            val queries = now.map { state -> state.band?.let { Query(it.id, state.search) } }
            queries.distinctUntilChanged().collectLatest { query -> query?.let { show(it) } }
        }
    }

    fun search(text: String) {
        kept[SEARCH] = text.ifEmpty { null }
        now.update { it.copy(search = text) }
    }

    fun choose(band: ScopeId) {
        kept[BAND] = band.value
        now.update { state -> state.copy(band = state.bands.first { it.id == band }, rows = emptyList(), isLoaded = false) }
    }

    /** A row this far down is on screen: the list grows before its end is. */
    fun reached(row: Int) = limit.update { if (row > it - PAGE / 2) it + PAGE else it }

    fun open(song: RowId) = go.to(Place.Song(song))

    fun add() {
        now.value.band?.let { go.to(Place.NewSong(it.id)) }
    }

    private fun placed(bands: List<BandChoice>) =
        now.update { state ->
            // One's own songs are only where nothing else is: before the first sync there are no bands yet.
            val wanted = kept[BAND]?.let(::ScopeId) ?: state.band?.takeUnless { it.isOwn }?.id
            state.copy(bands = bands, band = bands.find { it.id == wanted } ?: bands.firstOrNull())
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
        const val BAND = "songs.band"
    }
}

/** Bands first, then what is one's own. */
internal fun choices(
    bands: List<Band>,
    status: Status,
): List<BandChoice> {
    val account =
        when (val session = status.session) {
            is SessionState.SignedIn -> session.account
            is SessionState.NeedsSignIn -> session.account
            is SessionState.SignedOut -> null
        }
    val own = account?.let { BandChoice(it.user.personalScope, null, mayEdit = true, isOwn = true) }
    return bands.map { BandChoice(it.id, it.name, it.mayEdit) } + listOfNotNull(own)
}

/** A viewer reads. What the server would refuse is not offered. */
internal val Band.mayEdit: Boolean get() = myRole !is Role.Viewer
