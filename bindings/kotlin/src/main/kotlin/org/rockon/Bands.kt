package org.rockon

import org.rockon.ffi.ClientInterface

/** How long an invite code is good for when nobody says otherwise: a week. */
const val INVITE_HOURS = 168

/** Bands, members and invites: functions of the server. They need a network; nothing of them is queued. */
interface Bands {
    /** Makes a band with me as its admin. */
    suspend fun createBand(name: String): ScopeId

    /** Deletes a band and everything in it, for everybody. */
    suspend fun deleteBand(band: ScopeId)

    /** A code that others join with, [uses] times (at most 100) within [hours] (at most 720). */
    suspend fun createInvite(
        band: ScopeId,
        uses: Int = 1,
        hours: Int = INVITE_HOURS,
    ): String

    /** A code for somebody who was in the band: for them alone, once. The only way back for who was removed. */
    suspend fun createInviteFor(
        band: ScopeId,
        member: UserId,
        hours: Int = INVITE_HOURS,
    ): String

    /** The open codes of a band, newest first. For admins. */
    suspend fun listInvites(band: ScopeId): List<Invite>

    /** Closes a code. For admins. */
    suspend fun revokeInvite(invite: RowId)

    /** Joins the band of an invite code; its songs come with the next pull. */
    suspend fun redeemInvite(code: String): ScopeId

    /** Gives a member another role. */
    suspend fun setMemberRole(
        band: ScopeId,
        member: UserId,
        role: Role,
    )

    /** Takes a member out of the band. Their name stays where they did something. */
    suspend fun removeMember(
        band: ScopeId,
        member: UserId,
    )

    /** Leaves a band. Its rows leave this phone; edits not yet sent are rejected. */
    suspend fun leaveBand(band: ScopeId)

    /** Whether others may see which setlists and shows I have opened. */
    suspend fun setShareSeen(
        band: ScopeId,
        share: Boolean,
    )

    /** Who has opened a setlist or a show of a band, up to which revision. */
    suspend fun seenBy(
        kind: Kind,
        id: RowId,
    ): List<SeenBy>
}

internal class CoreBands(
    private val client: ClientInterface,
) : Bands {
    override suspend fun createBand(name: String) = calling { client.createBand(name) }

    override suspend fun deleteBand(band: ScopeId) = calling { client.deleteBand(band) }

    override suspend fun createInvite(
        band: ScopeId,
        uses: Int,
        hours: Int,
    ) = calling { client.createInvite(band, short("uses", uses), short("hours", hours)) }

    override suspend fun createInviteFor(
        band: ScopeId,
        member: UserId,
        hours: Int,
    ) = calling { client.createInviteFor(band, member, short("hours", hours)) }

    override suspend fun listInvites(band: ScopeId) = calling { client.listInvites(band) }

    override suspend fun revokeInvite(invite: RowId) = calling { client.revokeInvite(invite) }

    override suspend fun redeemInvite(code: String) = calling { client.redeemInvite(code) }

    override suspend fun setMemberRole(
        band: ScopeId,
        member: UserId,
        role: Role,
    ) = calling { client.setMemberRole(band, member, role) }

    override suspend fun removeMember(
        band: ScopeId,
        member: UserId,
    ) = calling { client.removeMember(band, member) }

    override suspend fun leaveBand(band: ScopeId) = calling { client.leaveBand(band) }

    override suspend fun setShareSeen(
        band: ScopeId,
        share: Boolean,
    ) = calling { client.setShareSeen(band, share) }

    override suspend fun seenBy(
        kind: Kind,
        id: RowId,
    ) = calling { client.seenBy(kind, id) }
}
