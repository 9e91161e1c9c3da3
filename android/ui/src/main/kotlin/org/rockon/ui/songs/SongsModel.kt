package org.rockon.ui.songs

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.rockon.FeedState
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Song
import org.rockon.SongOrder
import org.rockon.text
import org.rockon.ui.Bar
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
        val order: SongOrder,
        val isUnreadOnly: Boolean,
        val isMineOnly: Boolean,
    )

    private val now = MutableStateFlow(restored(bands.state.value))
    val state: StateFlow<SongsState> = now.asStateFlow()

    private val limit = MutableStateFlow(PAGE)

    init {
        scope.launch { bands.state.collect(::placed) }
        scope.doing(::failed) {
            val queries = now.map { state -> state.query() }
            queries.distinctUntilChanged().collectLatest { query -> query?.let { show(it) } }
        }
    }

    fun search(text: String) {
        kept[SEARCH] = text.ifEmpty { null }
        now.update { it.copy(search = text) }
    }

    fun order(order: SongOrder) {
        kept[ORDER] = order.name
        now.update { it.copy(order = order) }
    }

    fun unreadOnly(on: Boolean) = now.update { it.copy(isUnreadOnly = on) }

    fun mineOnly(on: Boolean) = now.update { it.copy(isMineOnly = on) }

    fun choose(band: ScopeId) = bands.choose(band)

    /** A row this far down is on screen: the list grows before its end is. */
    fun reached(row: Int) = limit.update { if (row > it - PAGE / 2) it + PAGE else it }

    fun open(song: RowId) = go.to(SongPlace(song))

    fun add() {
        now.value.band?.let { go.to(NewSongPlace(it.id)) }
    }

    fun delete(song: SongRow) {
        val band = now.value.band?.id ?: return
        scope.doing(::told) {
            core.delete(Kind.SONG, song.id)
            go.tell(Bar({ core.restore(band, Kind.SONG, song.id) }) { it.songs.deleted(song.title) })
        }
    }

    /** Done when it can no longer be taken back; shown as done at once. */
    fun markAllRead() {
        val band = now.value.band?.id ?: return
        now.update { it.copy(isAllRead = true) }
        val undo = suspend { now.update { it.copy(isAllRead = false) } }
        go.tell(Bar(undo, { core.markKindRead(band, Kind.SONG).also { undo() } }) { it.songs.markedAllRead })
    }

    /** Begins to choose, with this song if one is given. */
    fun select(song: RowId?) = now.update { it.copy(chosen = setOfNotNull(song)) }

    /** Chooses one, or does not any more. */
    fun toggle(song: RowId) =
        now.update { state -> state.copy(chosen = state.chosen?.let { if (song in it) it - song else it + song }) }

    fun selectNone() = now.update { it.copy(chosen = null, setlists = null) }

    /** Asks for the setlist that the chosen ones are to be in. */
    fun askSetlist() {
        val band = now.value.band?.id ?: return
        scope.doing(::told) {
            val found = core.setlists(band).first().map { SetlistChoice(it.id, it.name) }
            now.update { it.copy(setlists = found) }
        }
    }

    fun closeSetlists() = now.update { it.copy(setlists = null) }

    fun addTo(setlist: SetlistChoice) {
        val songs =
            now.value.chosen
                .orEmpty()
                .toList()
        selectNone()
        scope.doing(::told) {
            val added = core.addSongsToSetlist(setlist.id, songs)
            val undo = suspend { added.forEach { core.removeItem(setlist.id, it) } }
            go.tell(Bar(undo) { it.songs.addedToSetlist(setlist.name, added.size.toLong()) })
        }
    }

    /** The system's way back ends choosing first. */
    fun back() = if (now.value.chosen != null) selectNone() else go.back()

    fun import() {
        now.value.band?.let { go.to(ImportPlace(it.id)) }
    }

    internal fun acts() = SongsActs(
        ::search,
        ::choose,
        ::open,
        ::add,
        ::reached,
        ::order,
        ::unreadOnly,
        ::mineOnly,
        ::markAllRead,
        ::delete,
        ::select,
        ::toggle,
        ::selectNone,
        ::askSetlist,
        ::closeSetlists,
        ::addTo,
        ::import,
    )

    /** Another band begins with nothing: a list never has another band's name above it. */
    private fun placed(bands: BandsState) = now.update { state ->
        if (bands.chosen?.id ==
            state.band?.id
        ) {
            state.copy(bands = bands)
        } else {
            SongsState(bands, state.search, order = state.order)
        }
    }

    /** What was on screen stays until the new list is there. */
    private suspend fun show(query: Query) {
        limit.value = PAGE
        val feed =
            core.songs(query.scope, query.search, query.isUnreadOnly, query.isMineOnly, query.order, PAGE, limit)
        feed.states.collect { read ->
            val count = core.countSongs(query.scope, query.search, query.isUnreadOnly, query.isMineOnly)
            now.update { if (it.band?.id == query.scope) it.with(read, count) else it }
        }
    }

    private fun SongsState.query() = band?.let { Query(it.id, search, order, isUnreadOnly, isMineOnly) }

    private fun restored(bands: BandsState): SongsState {
        val order = SongOrder.entries.find { it.name == kept[ORDER] } ?: SongOrder.TITLE
        return SongsState(bands, kept[SEARCH].orEmpty(), order = order)
    }

    private fun SongsState.with(read: FeedState<List<Song>>, count: Int) = copy(
        rows = read.value?.map(Song::row) ?: rows,
        count = count,
        isLoaded = read.isLoaded || isLoaded,
        failure = read.failure,
    )

    private fun told(failure: RockOnException) = go.tell(Bar { failure.text(it.language) })

    private fun failed(failure: RockOnException) = now.update { it.copy(failure = failure) }

    private companion object {
        const val SEARCH = "songs.search"
        const val ORDER = "songs.order"
    }
}
