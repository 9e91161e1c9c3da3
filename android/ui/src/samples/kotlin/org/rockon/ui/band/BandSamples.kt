package org.rockon.ui.band

import org.rockon.Kind
import org.rockon.RefusalCode
import org.rockon.RockOnException
import org.rockon.Role
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.bands.BandsState

/** States of the screens about a band, for pictures and for tests. */
object BandSamples {
    private fun id(at: Int) = RowId("c0000000-0000-4000-8000-%012d".format(at))

    private val wonderwalls =
        BandChoice(ScopeId("b0000000-0000-4000-8000-000000000001"), "The Wonderwalls", true, mayManage = true, members = 4)
    private val mine = BandChoice(ScopeId("a0000000-0000-4000-8000-000000000001"), null, mayEdit = true, isOwn = true)

    private val eric = MemberRow(id(1), null, "Eric", Role.Admin, "5 Jan 2026", isMe = true)
    private val sam = MemberRow(id(2), null, "Sam", Role.Member, "5 Jan 2026")
    private val toni = MemberRow(id(5), null, "Toni", Role.Viewer, "12 Mar 2026")

    val admin = BandState(
        BandsState(listOf(wonderwalls, mine), wonderwalls),
        listOf(eric, sam, MemberRow(id(3), null, "Sam (2)", Role.Member, "1 Feb 2026"), toni),
        sharesSeen = true,
    )

    val viewer = admin.copy(
        bands = wonderwalls.copy(mayEdit = false, mayManage = false).let { BandsState(listOf(it), it) },
        members = listOf(eric.copy(isMe = false), sam, toni.copy(isMe = true)),
    )

    val own = BandState(BandsState(listOf(mine), mine))

    /** Names as people have them. */
    val long = admin.copy(
        bands = wonderwalls
            .copy(
                name = "The Extraordinarily Long-Winded Wedding Orchestra",
            ).let { BandsState(listOf(it, mine), it) },
        members = listOf(
            eric.copy(name = "Maximilian-Alexander ".repeat(15)),
            sam.copy(name = "عبد الرحمن"),
            toni.copy(name = "🥁 Toni", role = Role.Other("roadie"), joined = null),
            toni.copy(id = id(9), name = "Kim", isFormer = true),
        ),
        showsFormer = true,
    )

    val member = MemberState(sam, "The Wonderwalls", mayManage = true)

    val lastAdmin = member.copy(member = eric, wanted = null, failure = RockOnException.Denied(RefusalCode.LastAdmin))

    val former = member.copy(member = sam.copy(isFormer = true))

    private val open = InviteRow(id(20), "K7QD-3MXA", "rockon://join/K7QD-3MXA", 2, "5", "9 Dec 2026, 21:14")
    private val forKim = open.copy(id = id(21), code = "PW4T-9RZB", uses = 0, total = "1", forName = "Kim")

    val invites = InvitesState("The Wonderwalls", listOf(open, forKim), open, isLoaded = true)

    val noInvites = InvitesState("The Wonderwalls", isLoaded = true)

    val invitesOffline = InvitesState("The Wonderwalls", failure = RockOnException.Offline())

    val deleted = DeletedState(
        listOf(
            DeletedRow(id(30), Kind.SONG, "Wonderwall", "Eric", "2 Dec 2026, 08:12", isUnsent = true),
            DeletedRow(id(31), Kind.SETLIST, "The Crown, long version", "Sam", "28 Nov 2026, 22:40"),
            DeletedRow(id(32), Kind.PRACTICE, "", "Toni", "3 Nov 2026, 19:02"),
        ),
        isLoaded = true,
        mayRestore = true,
    )

    val deletedViewer = deleted.copy(mayRestore = false, failure = RockOnException.Offline())
}
