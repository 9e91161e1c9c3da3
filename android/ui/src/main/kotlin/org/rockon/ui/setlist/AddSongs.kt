package org.rockon.ui.setlist

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.map
import org.rockon.ItemBody
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Setlist
import org.rockon.Song
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.Growing
import org.rockon.ui.parts.PAGE
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
    scope: CoroutineScope,
    private val go: Go,
) : Model<AddSongsState>(
    AddSongsState(chosen = kept["add.$list"].orEmpty().lines().filter { it.isNotEmpty() }.map(::RowId)),
    scope,
),
    AddSongsActs {
    private val home = MutableStateFlow<ScopeId?>(null)
    private val rows = Growing()
    private var name = ""

    init {
        doing { core.setlist(list).filterNotNull().collect(::placed) }
        doing {
            home.filterNotNull().collectLatest { band ->
                state.map { it.search }.distinctUntilChanged().collectLatest { find(band, it) }
            }
        }
    }

    override fun search(text: String) = update { it.copy(search = text) }

    override fun reach(row: Int) = rows.reached(row)

    override fun toggle(song: RowId) {
        update { it.copy(chosen = if (song in it.chosen) it.chosen - song else it.chosen + song) }
        kept["add.$list"] = shown.chosen.joinToString("\n").ifEmpty { null }
    }

    override fun add() {
        val songs = shown.chosen
        if (songs.isEmpty() || shown.isBusy) return
        update { it.copy(isBusy = true, failure = null) }
        doing {
            val added = core.addSongsToSetlist(list, songs)
            go.tell(Bar({ added.forEach { core.removeItem(list, it) } }) { it.songs.addedToSetlist(name, added.size.toLong()) })
            back()
        }
    }

    override fun back() {
        kept["add.$list"] = null
        go.back()
    }

    override fun failed(failure: RockOnException) = update { it.copy(isBusy = false, failure = failure) }

    private fun placed(setlist: Setlist) {
        name = setlist.name
        home.value = setlist.scope
        val there = setlist.items.mapNotNull { (it.body as? ItemBody.Song)?.id }.toSet()
        update { it.copy(there = there) }
    }

    private suspend fun find(band: ScopeId, search: String) {
        rows.restart()
        core.songs(band, search, limit = PAGE, limits = rows.limit).collect { found ->
            update { it.copy(rows = found.map(Song::row), isLoaded = true) }
        }
    }
}
