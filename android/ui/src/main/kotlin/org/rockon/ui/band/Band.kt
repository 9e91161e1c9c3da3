package org.rockon.ui.band

import androidx.compose.runtime.Immutable
import org.rockon.FeedState
import org.rockon.Member
import org.rockon.RockOnException
import org.rockon.Role
import org.rockon.RowId
import org.rockon.UserId
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.bands.BandsState
import org.rockon.ui.date
import org.rockon.ui.texts.BandTexts

/**
 * @property bands the band that is shown, and the others
 * @property members who is in it; with [showsFormer], who was, too
 * @property sharesSeen others see what I have looked at; null where the server does not know of it
 * @property asksToLeave the question is open
 * @property hasUnsent something of mine waits to be sent
 * @property failure why the members cannot be read just now
 */
@Immutable
data class BandState(
    val bands: BandsState = BandsState(),
    val members: List<MemberRow> = emptyList(),
    val showsFormer: Boolean = false,
    val sharesSeen: Boolean? = null,
    val asksToLeave: Boolean = false,
    val hasUnsent: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** The band that is shown; null until it is known. */
    val band: BandChoice? get() = bands.chosen

    /** It has members: what is one's own has none. */
    val isBand: Boolean get() = band?.isOwn == false

    val mayManage: Boolean get() = band?.mayManage == true

    /** There is no band yet. */
    val isAlone: Boolean get() = bands.all.none { !it.isOwn }
}

/**
 * Somebody in a band, ready to be drawn.
 *
 * @property joined since when, as the phone writes it
 * @property isFormer they left, or were removed
 */
@Immutable
data class MemberRow(
    val id: RowId,
    val user: UserId?,
    val name: String,
    val role: Role?,
    val joined: String?,
    val isMe: Boolean = false,
    val isFormer: Boolean = false,
)

internal fun Member.row(me: UserId?) =
    MemberRow(id, user, name, role, joinedDate?.let { date(it) }, isMe = user != null && user == me, isFormer = !active)

internal fun BandState.with(read: FeedState<List<Member>>, me: UserId?): BandState {
    val rows = read.value?.map { it.row(me) } ?: return copy(failure = read.failure)
    val mine = read.value?.find { it.user == me && it.active }
    return copy(members = rows, sharesSeen = mine?.shareSeen, failure = read.failure)
}

/** The name of a person, who knows their own. */
internal fun MemberRow.title(texts: BandTexts): String = if (isMe) texts.you(name) else name

internal fun Role?.name(texts: BandTexts): String = when (this) {
    is Role.Admin -> texts.roleAdmin
    is Role.Member -> texts.roleMember
    is Role.Viewer -> texts.roleViewer
    is Role.Other, null -> texts.roleOther
}

internal fun Role.hint(texts: BandTexts): String? = when (this) {
    is Role.Admin -> texts.roleAdminHint
    is Role.Member -> texts.roleMemberHint
    is Role.Viewer -> texts.roleViewerHint
    is Role.Other -> null
}
