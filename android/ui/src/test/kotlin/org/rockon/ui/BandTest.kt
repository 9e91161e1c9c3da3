package org.rockon.ui

import com.google.zxing.qrcode.decoder.Decoder
import kotlinx.coroutines.runBlocking
import org.rockon.Kind
import org.rockon.RefusalCode
import org.rockon.RockOnException
import org.rockon.Role
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.ui.band.BandModel
import org.rockon.ui.band.BandState
import org.rockon.ui.band.DeletedModel
import org.rockon.ui.band.InvitesModel
import org.rockon.ui.band.JoinPlace
import org.rockon.ui.band.MemberModel
import org.rockon.ui.band.qrCode
import org.rockon.ui.line.LineModel
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** The band's screens on the real core and a real server: members, invites, and what was deleted. */
class BandTest {
    private fun played(play: suspend (World, TestApp) -> Unit) =
        runBlocking<Unit> { ScenarioServer.world().use { world -> TestApp.of(world).use { play(world, it) } } }

    /** The tab, once it shows the band of the world with its members. */
    private suspend fun TestApp.band(member: String, world: World): BandModel {
        signIn(member, world)
        app.choose(Tab.BAND)
        val model = model<BandModel>()
        model.state.until { it.members.isNotEmpty() }
        return model
    }

    private fun BandState.named(name: String) = members.first { it.name == name }

    private suspend fun TestApp.line(text: String): LineModel {
        val line = model<LineModel>()
        line.type(text)
        line.perform()
        return line
    }

    @Test
    fun `an admin gives a role, removes, and invites again who was removed`() = played { world, app ->
        val band = app.band("eric", world)
        assertTrue(band.state.value.mayManage)
        val sam = band.state.value.named("Sam")
        band.member(sam.id)
        val member = app.model<MemberModel>()
        member.state.until { it.mayGiveRole }
        member.give(Role.Viewer)
        member.state.until { it.member?.role is Role.Viewer && it.wanted == null && !it.isBusy }
        member.askToRemove()
        assertTrue(member.state.value.asksToRemove)
        member.remove()
        app.model<BandModel>()
        band.state.until { state -> state.members.none { it.id == sam.id } }
        band.showFormer(true)
        band.state.until { state -> state.members.any { it.id == sam.id && it.isFormer } }
        band.member(sam.id)
        val former = app.model<MemberModel>()
        former.state.until { it.mayInviteAgain }
        former.inviteAgain()
        val invites = app.model<InvitesModel>()
        assertEquals(
            "Sam",
            invites.state
                .until { it.shown != null }
                .shown
                ?.forName,
        )
    }

    @Test
    fun `the last admin stays, and is told why`() = played { world, app ->
        val band = app.band("eric", world)
        val me = band.state.value.members.first { it.isMe }
        band.member(me.id)
        val member = app.model<MemberModel>()
        assertFalse(member.state.until { it.mayGiveRole }.mayRemove)
        member.give(Role.Member)
        val refused = member.state.until { it.failure != null }
        assertEquals(RockOnException.Denied(RefusalCode.LastAdmin).message, refused.failure?.message)
        assertEquals(Role.Admin, refused.role)
        member.back()
        band.askToLeave()
        band.leave()
        app.app.bar.until { it != null }
        assertFalse(band.state.value.asksToLeave)
        assertTrue(band.state.value.isBand)
    }

    @Test
    fun `an invite is made, told to others, used up and revoked`() = played { world, app ->
        app.band("eric", world).invite()
        val invites = app.model<InvitesModel>()
        invites.state.until { it.isLoaded }
        invites.uses(5)
        invites.days(1)
        invites.make()
        val made = invites.state.until { it.shown != null && !it.isBusy }.shown!!
        assertEquals("rockon://join/${made.code}", made.link)
        assertEquals("5" to 0L, made.total to made.uses)
        invites.copy(made.code)
        invites.share("Join: ${made.link}")
        assertEquals(
            listOf(made.code) to listOf("Join: ${made.link}"),
            app.device.outside.copied to app.device.outside.shared,
        )
        invites.askToRevoke(made)
        invites.revoke()
        invites.state.until { state -> state.rows.none { it.id == made.id } && state.asksToRevoke == null }
    }

    @Test
    fun `a QR code says the link`() {
        val link = "rockon://join/K7QD-3MXA"
        assertEquals(link, Decoder().decode(qrCode(link)).text)
    }

    @Test
    fun `a band is made, joined by its link from another phone, renamed and deleted`() = played { world, app ->
        val band = app.band("toni", world)
        assertFalse(band.state.value.mayManage)
        band.make()
        app.line("  Toni's Trio ")
        val invites = app.model<InvitesModel>()
        invites.make()
        val invite = invites.state.until { it.shown != null }.shown!!
        invites.back()
        band.state.until { it.band?.name == "Toni's Trio" && it.mayManage && it.members.size == 1 }
        TestApp.of(world).use { other ->
            val theirs = other.band("sam", world)
            theirs.join()
            other.line(invite.link)
            theirs.state.until { it.band?.name == "Toni's Trio" }
            band.state.until { it.members.size == 2 }
            band.rename()
            val rename = app.model<LineModel>()
            rename.state.until { it.text == "Toni's Trio" }
            app.line("The Tonis")
            theirs.state.until { it.band?.name == "The Tonis" }
            band.delete()
            val delete = app.line("The Ton")
            assertFalse(delete.state.until { it.subject == "The Tonis" }.canDo)
            app.line("The Tonis")
            theirs.state.until { it.band?.name != "The Tonis" }
        }
        band.state.until { it.band?.id == world.band }
    }

    @Test
    fun `a wrong code is told in words and stays to be mended`() = played { world, app ->
        app.band("sam", world).join()
        val line = app.line("NO-SUCH-CODE")
        val told = line.state.until { it.failure != null }
        assertEquals("NO-SUCH-CODE" to false, told.text to told.isBusy)
        assertEquals("NO-SUCH-CODE", app.kept["line.${JoinPlace().code}"])
        line.close()
        assertNull(app.kept["line.${JoinPlace().code}"])
        app.model<BandModel>()
    }

    @Test
    fun `a viewer leaves, and the band is gone from the phone`() = played { world, app ->
        val band = app.band("toni", world)
        assertFalse(band.state.value.mayManage)
        band.askToLeave()
        band.leave()
        val state = band.state.until { !it.isBand }
        assertTrue(state.isAlone)
        assertTrue(state.members.isEmpty())
    }

    @Test
    fun `what was looked at is shared or not`() = played { world, app ->
        val band = app.band("sam", world)
        val before = band.state.until { it.sharesSeen != null }.sharesSeen!!
        band.shareSeen(!before)
        TestApp.of(world).use { other ->
            other.signIn("eric", world)
            val me = band.state.value.members.first { it.isMe }
            other.core().members(world.band).told { all -> all.any { it.id == me.id && it.shareSeen == !before } }
        }
        assertEquals(!before, band.state.value.sharesSeen)
    }

    @Test
    fun `what was deleted comes back, but not by a viewer`() = played { world, app ->
        val band = app.band("eric", world)
        app.core().waitForFirstSync()
        val song =
            app
                .core()
                .songs(world.band)
                .told { it.isNotEmpty() }
                .first()
        app.core().delete(Kind.SONG, song.id)
        band.deleted()
        val deleted = app.model<DeletedModel>()
        val row =
            deleted.state
                .until { state -> state.rows.any { it.id == song.id } }
                .rows
                .first { it.id == song.id }
        assertEquals(song.title, row.title)
        assertTrue(deleted.state.value.mayRestore)
        deleted.restore(row)
        app.core().song(song.id).told { it != null }
        deleted.state.until { state -> state.rows.none { it.id == song.id } }
        TestApp.of(world).use { other ->
            other.band("toni", world).deleted()
            assertFalse(
                other
                    .model<DeletedModel>()
                    .state
                    .until { it.isLoaded }
                    .mayRestore,
            )
        }
    }
}
