package org.rockon.ui.song

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import org.rockon.Band
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Song
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.fields.changes
import org.rockon.ui.fields.lastEdit
import org.rockon.ui.parts.doing
import org.rockon.ui.songs.EditSongPlace
import org.rockon.ui.songs.SongHistoryPlace

/** One song. To look at it is to have read it: what was different by then stays on screen until it is dismissed. */
class SongModel(private val core: RockOn, private val id: RowId, private val scope: CoroutineScope, private val go: Go) {
    private val now = MutableStateFlow(SongState())
    val state: StateFlow<SongState> = now.asStateFlow()

    private var home: ScopeId? = null

    init {
        scope.doing({ failure -> now.update { it.copy(failure = failure) } }) {
            combine(core.song(id), core.bands(), ::Pair).collect { (song, bands) ->
                if (song == null) gone() else show(song, mayEdit(song, bands))
            }
        }
    }

    fun edit() = go.to(EditSongPlace(id))

    fun dismiss() = now.update { it.copy(changes = emptyList()) }

    fun history() = go.to(SongHistoryPlace(id))

    fun delete() {
        val (band, title) = home to now.value.title
        if (band == null) return
        scope.doing({ failure -> go.tell(Bar { failure.text(it.language) }) }) {
            core.delete(Kind.SONG, id)
            go.back()
            go.tell(Bar({ core.restore(band, Kind.SONG, id) }) { it.songs.deleted(title) })
        }
    }

    fun back() = go.back()

    internal fun acts() = SongActs(::back, ::edit, ::dismiss, ::history, ::delete)

    private fun gone() = now.update { it.copy(isLoaded = true, isGone = true) }

    /** The song first; what has to be asked for comes after it. */
    private suspend fun show(song: Song, mayEdit: Boolean) {
        home = song.scope
        now.update { it.with(song).copy(mayEdit = mayEdit) }
        if (song.unread) read()
        val last = core.lastEdit(Kind.SONG, id)
        now.update { it.copy(lastChange = last) }
    }

    private suspend fun read() {
        val changes = core.changes(Kind.SONG, id, SongField.entries)
        now.update { state -> if (changes.isEmpty()) state else state.copy(changes = changes) }
        core.markRead(Kind.SONG, id)
    }
}

/** One's own, or a band's in which one may write. */
private fun mayEdit(song: Song, bands: List<Band>): Boolean = bands.find { it.id == song.scope }?.mayEdit ?: true
