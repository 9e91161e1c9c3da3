package org.rockon.ui.setlist

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import org.rockon.ItemBody
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Setlist
import org.rockon.Song
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.doing
import org.rockon.ui.songs.PAGE
import org.rockon.ui.songs.SongRow
import org.rockon.ui.songs.row

/**
 * @property search what was typed
 * @property rows songs that can be added, the first of them; more come when the end is near
 * @property chosen those that were chosen, in the order in which they will be added
 * @property there songs that are in the setlist already; they can be added once more
 */
@Immutable
data class AddSongsState(
    val search: String = "",
    val rows: List<SongRow> = emptyList(),
    val chosen: List<RowId> = emptyList(),
    val there: Set<RowId> = emptySet(),
    val isLoaded: Boolean = false,
    val isBusy: Boolean = false,
    val failure: RockOnException? = null,
)

/** Chooses songs of the library for a setlist. What was chosen stays chosen while one searches on, and outlives the process. */
class AddSongsModel(
    private val core: RockOn,
    private val list: RowId,
    private val kept: Kept,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(AddSongsState(chosen = kept[key].orEmpty().lines().mapNotNull(::id)))
    val state: StateFlow<AddSongsState> = now.asStateFlow()

    private val home = MutableStateFlow<ScopeId?>(null)
    private val limit = MutableStateFlow(PAGE)
    private var name = ""

    private val key get() = "add.$list"

    init {
        scope.doing(::failed) { core.setlist(list).filterNotNull().collect(::placed) }
        scope.doing(::failed) {
            home.filterNotNull().collectLatest { band ->
                now.map { it.search }.distinctUntilChanged().collectLatest { find(band, it) }
            }
        }
    }

    fun search(text: String) = now.update { it.copy(search = text) }

    fun reached(row: Int) = limit.update { if (row > it - PAGE / 2) it + PAGE else it }

    fun toggle(song: RowId) {
        now.update { it.copy(chosen = if (song in it.chosen) it.chosen - song else it.chosen + song) }
        kept[key] =
            now.value.chosen
                .joinToString("\n")
                .ifEmpty { null }
    }

    fun add() {
        val songs = now.value.chosen
        if (songs.isEmpty() || now.value.isBusy) return
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing(::failed) {
            val added = core.addSongsToSetlist(list, songs)
            go.tell(Bar({ added.forEach { core.removeItem(list, it) } }) { it.songs.addedToSetlist(name, added.size.toLong()) })
            close()
        }
    }

    fun close() {
        kept[key] = null
        go.back()
    }

    private fun placed(setlist: Setlist) {
        name = setlist.name
        home.value = setlist.scope
        val there = setlist.items.mapNotNull { (it.body as? ItemBody.Song)?.id }.toSet()
        now.update { it.copy(there = there) }
    }

    private suspend fun find(band: ScopeId, search: String) {
        limit.value = PAGE
        core.songs(band, search, limit = PAGE, limits = limit).collect { found ->
            now.update { it.copy(rows = found.map(Song::row), isLoaded = true) }
        }
    }

    private fun failed(failure: RockOnException) = now.update { it.copy(isBusy = false, failure = failure) }

    private fun id(line: String): RowId? = line.ifEmpty { null }?.let(::RowId)
}
