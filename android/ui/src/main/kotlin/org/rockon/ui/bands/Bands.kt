package org.rockon.ui.bands

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import org.rockon.Account
import org.rockon.Band
import org.rockon.RockOn
import org.rockon.ScopeId
import org.rockon.SessionState
import org.rockon.Status
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.doing

/**
 * @property all the person's bands, and their own songs, which are a band of one
 * @property chosen the one that lists show; null until it is known
 */
@Immutable
data class BandsState(val all: List<BandChoice> = emptyList(), val chosen: BandChoice? = null) {
    /** There is somewhere else to go. */
    val canSwitch: Boolean get() = all.size > 1
}

/** A band, or with [isOwn] what is the person's own, which has no name. What the person may not do there is not offered. */
@Immutable
data class BandChoice(
    val id: ScopeId,
    val name: String?,
    val mayEdit: Boolean,
    val isOwn: Boolean = false,
    val mayManage: Boolean = false,
    val members: Int = 0,
)

/** Which band the lists show. One choice for all tabs. */
class Bands(core: RockOn, private val kept: Kept, scope: CoroutineScope) {
    private val now = MutableStateFlow(BandsState())
    val state: StateFlow<BandsState> = now.asStateFlow()

    init {
        scope.doing { combine(core.bands(), core.status, ::choices).collect(::placed) }
    }

    /** One that was just made or joined is not there yet: it is chosen when it comes. */
    fun choose(band: ScopeId) {
        kept[BAND] = band.value
        now.update { state -> state.copy(chosen = state.all.find { it.id == band } ?: state.chosen) }
    }

    private fun placed(bands: List<BandChoice>) = now.update { state ->
        // One's own songs are only where nothing else is: before the first sync there are no bands yet.
        val wanted = kept[BAND]?.let(::ScopeId) ?: state.chosen?.takeUnless { it.isOwn }?.id
        BandsState(bands, bands.find { it.id == wanted } ?: bands.firstOrNull())
    }

    private companion object {
        const val BAND = "band"
    }
}

/** Bands first, then what is one's own. */
private fun choices(bands: List<Band>, status: Status): List<BandChoice> {
    val own = status.account?.let { BandChoice(it.user.personalScope, null, mayEdit = true, isOwn = true) }
    val joined = bands.map { BandChoice(it.id, it.name, it.mayEdit, mayManage = it.mayManage, members = it.members) }
    return joined + listOfNotNull(own)
}

/** Whose data the app shows; null while that is nobody's. */
internal val Status.account: Account?
    get() =
        when (val session = session) {
            is SessionState.SignedIn -> session.account
            is SessionState.NeedsSignIn -> session.account
            is SessionState.SignedOut -> null
        }
