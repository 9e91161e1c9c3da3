package org.rockon.ui.band

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.bands.account
import org.rockon.ui.parts.doing
import org.rockon.ui.parts.words
import org.rockon.ui.settings.SettingsPlace
import org.rockon.ui.status.StatusPlace

/** The band that is chosen: who is in it, and what one can do about it. What the server refuses is told by the bar. */
class BandModel(private val core: RockOn, private val bands: Bands, private val scope: CoroutineScope, private val go: Go) :
    BandActs {
    private val now = MutableStateFlow(BandState(bands.state.value))
    val state: StateFlow<BandState> = now.asStateFlow()

    init {
        scope.launch { bands.state.collect(::placed) }
        scope.launch { core.status.collect { status -> now.update { it.copy(hasUnsent = status.outbox.unsent > 0) } } }
        scope.doing(::failed) {
            val queries = now.map { state -> state.band?.takeUnless { it.isOwn }?.id to state.showsFormer }
            queries.distinctUntilChanged().collectLatest { (band, former) -> band?.let { show(it, former) } }
        }
    }

    override fun choose(band: ScopeId) = bands.choose(band)

    override fun showFormer(on: Boolean) = now.update { it.copy(showsFormer = on) }

    override fun member(member: RowId) {
        now.value.band?.let { go.to(MemberPlace(it.id, member)) }
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
        val band = now.value.band ?: return
        now.update { it.copy(sharesSeen = on) }
        scope.doing({ failure ->
            now.update { if (it.band?.id == band.id) it.copy(sharesSeen = !on) else it }
            told(failure)
        }) { core.setShareSeen(band.id, on) }
    }

    override fun askToLeave() = now.update { it.copy(asksToLeave = true) }

    override fun stay() = now.update { it.copy(asksToLeave = false) }

    override fun leave() {
        val band = now.value.band ?: return
        stay()
        scope.doing(::told) {
            core.leaveBand(band.id)
            go.tell(Bar { it.band.gone(band.name.orEmpty()) })
        }
    }

    private fun there(part: Part) {
        now.value.band?.let { go.to(PartPlace(part, it.id)) }
    }

    /** Another band begins with nothing. */
    private fun placed(bands: BandsState) = now.update { state ->
        if (bands.chosen?.id == state.band?.id) state.copy(bands = bands) else BandState(bands, hasUnsent = state.hasUnsent)
    }

    private suspend fun show(band: ScopeId, former: Boolean) = core.members(band, former).states.collect { read ->
        val me = core.status.value.account?.user
        now.update { if (it.band?.id == band) it.with(read, me) else it }
    }

    private fun failed(failure: RockOnException) = now.update { it.copy(failure = failure) }

    private fun told(failure: RockOnException) = go.tell(Bar { failure.words(it) })
}
