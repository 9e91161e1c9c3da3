package org.rockon.ui.songs

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import org.rockon.FeedState
import org.rockon.Kind
import org.rockon.Letter
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Song
import org.rockon.SongOrder
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.Growing
import org.rockon.ui.parts.PAGE
import org.rockon.ui.parts.doing

private const val SEARCH = "songs.search"
private const val ORDER = "songs.order"

/** The list of songs. The core searches, orders and counts; this keeps what was chosen. */
class SongsModel(
    private val core: RockOn,
    private val kept: Kept,
    private val bands: Bands,
    scope: CoroutineScope,
    private val go: Go,
) : Model<SongsState>(kept.songs(bands.state.value), scope),
    SongsActs {
    private data class Query(
        val band: ScopeId,
        val search: String,
        val order: SongOrder,
        val isUnreadOnly: Boolean,
        val isMineOnly: Boolean,
        val isOfAll: Boolean,
    ) {
        val scope = band.takeUnless { isOfAll }
    }

    private val rows = Growing()

    init {
        scope.launch { bands.state.collect(::placed) }
        doing {
            state.map { it.query() }.distinctUntilChanged().collectLatest { query -> query?.let { show(it) } }
        }
    }

    override fun search(text: String) {
        kept[SEARCH] = text.ifEmpty { null }
        update { it.copy(search = text) }
    }

    override fun order(order: SongOrder) {
        kept[ORDER] = order.name
        update { it.copy(order = order) }
    }

    override fun unreadOnly(on: Boolean) = update { it.copy(isUnreadOnly = on) }

    override fun mineOnly(on: Boolean) = update { it.copy(isMineOnly = on) }

    override fun ofAll(on: Boolean) = update { it.copy(isOfAll = on, chosen = null, isAllRead = false) }

    override fun choose(band: ScopeId) = bands.choose(band)

    override fun reached(row: Int) = rows.reached(row)

    override fun jump(to: Letter) {
        rows.reached(to.index)
        update { it.copy(goal = to.index) }
    }

    override fun arrived() = update { it.copy(goal = null) }

    override fun open(song: RowId) = go.to(SongPlace(song))

    override fun add() {
        shown.band?.let { go.to(NewSongPlace(it.id)) }
    }

    override fun delete(song: SongRow) {
        val band = (song.band ?: shown.band)?.id ?: return
        scope.doing(::told) {
            core.delete(Kind.SONG, song.id)
            go.tell(Bar({ core.restore(band, Kind.SONG, song.id) }) { it.songs.deleted(song.title) })
        }
    }

    /** Done when it can no longer be taken back; shown as done at once. */
    override fun markAllRead() {
        val read = if (shown.isOfAll) shown.bands.all else listOfNotNull(shown.band)
        update { it.copy(isAllRead = true) }
        val undo = suspend { update { it.copy(isAllRead = false) } }
        go.tell(Bar(undo, { read.forEach { core.markKindRead(it.id, Kind.SONG) }.also { undo() } }) { it.songs.markedAllRead })
    }

    override fun select(song: RowId?) = update { it.copy(chosen = setOfNotNull(song)) }

    override fun toggle(song: RowId) =
        update { state -> state.copy(chosen = state.chosen?.let { if (song in it) it - song else it + song }) }

    override fun selectNone() = update { it.copy(chosen = null, setlists = null) }

    override fun askSetlist() {
        val band = shown.band?.id ?: return
        scope.doing(::told) {
            val found = core.setlists(band).first().map { SetlistChoice(it.id, it.name) }
            update { it.copy(setlists = found) }
        }
    }

    override fun closeSetlists() = update { it.copy(setlists = null) }

    override fun addTo(setlist: SetlistChoice) {
        val songs = shown.chosen.orEmpty().toList()
        selectNone()
        scope.doing(::told) {
            val added = core.addSongsToSetlist(setlist.id, songs)
            val undo = suspend { added.forEach { core.removeItem(setlist.id, it) } }
            go.tell(Bar(undo) { it.songs.addedToSetlist(setlist.name, added.size.toLong()) })
        }
    }

    /** The system's way back ends choosing first. */
    fun back() = if (shown.chosen != null) selectNone() else go.back()

    override fun import() {
        shown.band?.let { go.to(ImportPlace(it.id)) }
    }

    /** Another band begins with nothing: a list never has another band's name above it. */
    private fun placed(bands: BandsState) = update { state ->
        if (bands.chosen?.id ==
            state.band?.id
        ) {
            state.copy(bands = bands)
        } else {
            SongsState(bands, state.search, order = state.order)
        }
    }

    /** What was on screen stays until the new list is there. */
    private suspend fun show(query: Query) = with(query) {
        rows.restart()
        arrived()
        core.songs(scope, search, isUnreadOnly, isMineOnly, order, PAGE, rows.limit).states.collect { read ->
            val count = core.countSongs(scope, search, isUnreadOnly, isMineOnly)
            val letters = core.songLetters(scope, search, isUnreadOnly, isMineOnly, order)
            update { if (it.query() == query) it.with(read).copy(count = count, letters = letters) else it }
        }
    }

    private fun SongsState.query() = band?.let { Query(it.id, search, order, isUnreadOnly, isMineOnly, isOfAll) }

    private fun SongsState.with(read: FeedState<List<Song>>) = copy(
        rows = read.value?.map { song -> song.row(if (isOfAll) bands.all.find { it.id == song.scope } else null) } ?: rows,
        isLoaded = read.isLoaded || isLoaded,
        failure = read.failure,
    )

    private fun told(failure: RockOnException) = go.tell(Bar { failure.text(it.language) })

    override fun failed(failure: RockOnException) = update { it.copy(failure = failure) }
}

/** The list as it was left. */
private fun Kept.songs(bands: BandsState) =
    SongsState(bands, this[SEARCH].orEmpty(), order = SongOrder.entries.find { it.name == this[ORDER] } ?: SongOrder.TITLE)
