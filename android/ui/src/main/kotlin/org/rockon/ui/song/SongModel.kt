package org.rockon.ui.song

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import org.rockon.Band
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Song
import org.rockon.WebLink
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.device.Outside
import org.rockon.ui.fields.changes
import org.rockon.ui.fields.lastEdit
import org.rockon.ui.parts.doing
import org.rockon.ui.songs.EditSongPlace
import org.rockon.ui.songs.SongHistoryPlace
import org.rockon.webLinks

/** One song. To look at it is to have read it: what was different by then stays on screen until it is dismissed. */
class SongModel(
    private val core: RockOn,
    private val id: RowId,
    private val outside: Outside,
    scope: CoroutineScope,
    private val go: Go,
) : Model<SongState>(SongState(), scope),
    SongActs {
    private var home: ScopeId? = null

    init {
        doing {
            combine(core.song(id), core.bands(), ::Pair).collect { (song, bands) ->
                if (song == null) gone() else show(song, mayEdit(song, bands))
            }
        }
    }

    override fun edit() = go.to(EditSongPlace(id))

    override fun dismiss() = update { it.copy(changes = emptyList()) }

    override fun history() = go.to(SongHistoryPlace(id))

    override fun delete() {
        val (band, title) = home to shown.title
        if (band == null) return
        scope.doing(::told) {
            core.delete(Kind.SONG, id)
            go.back()
            go.tell(Bar({ core.restore(band, Kind.SONG, id) }) { it.songs.deleted(title) })
        }
    }

    override fun share() {
        scope.doing(::told) { outside.share(core.songText(id)) }
    }

    override fun open(link: WebLink) {
        if (!outside.open(link.url)) go.tell(Bar { it.song.linkWrong })
    }

    override fun back() = go.back()

    private fun told(failure: RockOnException) = go.tell(Bar { failure.text(it.language) })

    override fun failed(failure: RockOnException) = update { it.copy(failure = failure) }

    private fun gone() = update { it.copy(isLoaded = true, isGone = true) }

    /** The song first; what has to be asked for comes after it. */
    private suspend fun show(song: Song, mayEdit: Boolean) {
        home = song.scope
        update { it.with(song).copy(mayEdit = mayEdit) }
        if (song.unread) read()
        val last = core.lastEdit(Kind.SONG, id)
        val links = core.row(Kind.SONG, id)?.let(::webLinks).orEmpty()
        update { it.copy(lastChange = last, links = links) }
    }

    private suspend fun read() {
        val changes = core.changes(Kind.SONG, id, SongField.entries)
        update { state -> if (changes.isEmpty()) state else state.copy(changes = changes) }
        core.markRead(Kind.SONG, id)
    }
}

/** One's own, or a band's in which one may write. */
private fun mayEdit(song: Song, bands: List<Band>): Boolean = bands.find { it.id == song.scope }?.mayEdit ?: true
