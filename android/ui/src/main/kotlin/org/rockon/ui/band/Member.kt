package org.rockon.ui.band

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import org.rockon.Band
import org.rockon.Member
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.Role
import org.rockon.UserId
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.account

/**
 * @property member who it is; null until that is known
 * @property isGone there is no such member any more
 * @property wanted the role that the server is being asked for
 * @property isBusy the server is being asked
 */
@Immutable
data class MemberState(
    val member: MemberRow? = null,
    val band: String = "",
    val isGone: Boolean = false,
    val mayManage: Boolean = false,
    val wanted: Role? = null,
    val asksToRemove: Boolean = false,
    val isBusy: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** What is shown as theirs. */
    val role: Role? get() = wanted ?: member?.role

    /** Admins alone do anything about others; oneself leaves by the band's screen. */
    val mayRemove: Boolean get() = mayManage && member?.isMe == false && !member.isFormer

    val mayGiveRole: Boolean get() = mayManage && member?.isFormer == false

    /** Who was removed comes back by an invite of their own. */
    val mayInviteAgain: Boolean get() = mayManage && member?.isFormer == true
}

/** One member: their role, and their place in the band. Functions of the server; what it refuses is said here. */
class MemberModel(private val core: RockOn, private val place: MemberPlace, scope: CoroutineScope, private val go: Go) :
    Model<MemberState>(MemberState(), scope),
    MemberActs {
    init {
        doing { combine(core.members(place.band, former = true), core.bands(), ::Pair).collect(::arrived) }
    }

    override fun give(role: Role) = asking({ it.copy(wanted = role) }) { core.setMemberRole(place.band, it, role) }

    override fun askToRemove() = update { it.copy(asksToRemove = true) }

    override fun keep() = update { it.copy(asksToRemove = false) }

    override fun remove() = asking({ it.copy(asksToRemove = false) }) { user ->
        val name = shown.member?.name.orEmpty()
        core.removeMember(place.band, user)
        go.back()
        go.tell(Bar { it.band.removed(name) })
    }

    override fun inviteAgain() = asking({ it }) {
        core.createInviteFor(place.band, it)
        go.instead(PartPlace(Part.INVITES, place.band))
    }

    override fun back() = go.back()

    private fun asking(asked: (MemberState) -> MemberState, call: suspend (UserId) -> Unit) {
        val user = shown.member?.user ?: return
        if (shown.isBusy) return
        update { asked(it).copy(isBusy = true, failure = null) }
        doing {
            call(user)
            update { it.copy(isBusy = false) }
        }
    }

    override fun failed(failure: RockOnException) = update { it.copy(isBusy = false, wanted = null, failure = failure) }

    private fun arrived(read: Pair<List<Member>, List<Band>>) {
        val (members, bands) = read
        val member = members.find { it.id == place.member }?.row(core.status.value.account?.user)
        val band = bands.find { it.id == place.band }
        update { state ->
            state.copy(
                member = member ?: state.member,
                band = band?.name ?: state.band,
                isGone = member == null,
                mayManage = band?.mayManage == true,
                wanted = state.wanted?.takeIf { it != member?.role },
            )
        }
    }
}
