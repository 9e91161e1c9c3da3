package org.rockon

import org.rockon.ffi.ClientInterface

/** Bands, members and invites: functions of the server. They need a network; nothing of them is queued. */
interface Bands {
    /** Makes a band with me as its admin. */
    suspend fun createBand(name: String): ScopeId

    /** Deletes a band and everything in it, for everybody. */
    suspend fun deleteBand(band: ScopeId)

    /** A code that others join with, [uses] times within [hours]. */
    suspend fun createInvite(
        band: ScopeId,
        uses: Int = 1,
        hours: Int = 24,
    ): String

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

    /** Leaves a band. Its rows leave this phone; edits not yet sent are parked. */
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
