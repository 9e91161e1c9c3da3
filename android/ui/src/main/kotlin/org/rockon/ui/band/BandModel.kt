package org.rockon.ui.band

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.bands.account
import org.rockon.ui.parts.doing
import org.rockon.ui.parts.words
import org.rockon.ui.settings.SettingsPlace
import org.rockon.ui.status.StatusPlace

/** The band that is chosen: who is in it, and what one can do about it. What the server refuses is told by the bar. */
class BandModel(private val core: RockOn, private val bands: Bands, scope: CoroutineScope, private val go: Go) :
    Model<BandState>(BandState(bands.state.value), scope),
    BandActs {
    init {
        scope.launch { bands.state.collect(::placed) }
        scope.launch { core.status.collect { status -> update { it.copy(hasUnsent = status.outbox.unsent > 0) } } }
        doing {
            val queries = state.map { state -> state.band?.takeUnless { it.isOwn }?.id to state.showsFormer }
            queries.distinctUntilChanged().collectLatest { (band, former) -> band?.let { show(it, former) } }
        }
    }

    override fun choose(band: ScopeId) = bands.choose(band)

    override fun showFormer(on: Boolean) = update { it.copy(showsFormer = on) }

    override fun member(member: RowId) {
        shown.band?.let { go.to(MemberPlace(it.id, member)) }
    }

    override fun invite() = there(Part.INVITES)

    override fun rename() = there(Part.RENAME)

    override fun delete() = there(Part.DELETE)

    override fun deleted() = there(Part.DELETED)

    override fun make() = go.to(MakeBandPlace)

    override fun join() = go.to(JoinPlace())

    override fun status() = go.to(StatusPlace)

    override fun settings() = go.to(SettingsPlace)

    override fun shareSeen(on: Boolean) {
        val band = shown.band ?: return
        update { it.copy(sharesSeen = on) }
        scope.doing({ failure ->
            update { if (it.band?.id == band.id) it.copy(sharesSeen = !on) else it }
            told(failure)
        }) { core.setShareSeen(band.id, on) }
    }

    override fun askToLeave() = update { it.copy(asksToLeave = true) }

    override fun stay() = update { it.copy(asksToLeave = false) }

    override fun leave() {
        val band = shown.band ?: return
        stay()
        scope.doing(::told) {
            core.leaveBand(band.id)
            go.tell(Bar { it.band.gone(band.name.orEmpty()) })
        }
    }

    private fun there(part: Part) {
        shown.band?.let { go.to(PartPlace(part, it.id)) }
    }

    /** Another band begins with nothing. */
    private fun placed(bands: BandsState) = update { state ->
        if (bands.chosen?.id == state.band?.id) state.copy(bands = bands) else BandState(bands, hasUnsent = state.hasUnsent)
    }

    private suspend fun show(band: ScopeId, former: Boolean) = core.members(band, former).states.collect { read ->
        val me = core.status.value.account?.user
        update { if (it.band?.id == band) it.with(read, me) else it }
    }

    override fun failed(failure: RockOnException) = update { it.copy(failure = failure) }

    private fun told(failure: RockOnException) = go.tell(Bar { failure.words(it) })
}
