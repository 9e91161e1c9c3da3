package org.rockon.app

import org.rockon.ui.Frame
import org.rockon.ui.band.BandActs
import org.rockon.ui.band.BandSamples
import org.rockon.ui.band.BandState
import org.rockon.ui.band.BandView
import org.rockon.ui.band.DeletedActs
import org.rockon.ui.band.DeletedState
import org.rockon.ui.band.DeletedView
import org.rockon.ui.band.InvitesActs
import org.rockon.ui.band.InvitesState
import org.rockon.ui.band.InvitesView
import org.rockon.ui.band.MemberActs
import org.rockon.ui.band.MemberState
import org.rockon.ui.band.MemberView
import org.rockon.ui.line.LineActs
import org.rockon.ui.line.LineSamples
import org.rockon.ui.line.LineState
import org.rockon.ui.line.LineView
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.StripWord
import org.rockon.ui.theme.Look

private fun band(name: String, state: BandState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("band-$name", look, text) { BandView(state, Frame(strip) {}, object : BandActs {}) }

private fun member(name: String, state: MemberState, look: Look, text: Float = 1f) =
    Sample("member-$name", look, text) { MemberView(state, Frame(null) {}, object : MemberActs {}) }

private fun invites(name: String, state: InvitesState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("invites-$name", look, text) { InvitesView(state, Frame(strip) {}, object : InvitesActs {}) }

private fun deleted(name: String, state: DeletedState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("deleted-$name", look, text) { DeletedView(state, Frame(strip) {}, object : DeletedActs {}) }

private fun line(name: String, state: LineState, look: Look, text: Float = 1f) =
    Sample("line-$name", look, text) { LineView(state, object : LineActs {}) }

/** The band, its members and codes, and what is done with one line of text. */
internal val bandSamples = listOf(
    band("admin-light", BandSamples.admin, Look.LIGHT),
    band("admin-stage", BandSamples.admin, Look.STAGE),
    band("viewer-dark", BandSamples.viewer, Look.DARK),
    band("mine-light", BandSamples.own, Look.LIGHT),
    band("long-dark-200", BandSamples.long, Look.DARK, 2f, Strip(StripWord.OFFLINE, 3)),
    band("admin-light", BandSamples.admin, Look.LIGHT).german(),
    member("light", BandSamples.member, Look.LIGHT),
    member("last-admin-dark", BandSamples.lastAdmin, Look.DARK),
    member("former-stage", BandSamples.former, Look.STAGE),
    member("dark-200", BandSamples.member, Look.DARK, 2f),
    invites("light", BandSamples.invites, Look.LIGHT),
    invites("none-dark", BandSamples.noInvites, Look.DARK),
    invites("offline-dark", BandSamples.invitesOffline, Look.DARK, strip = Strip(StripWord.OFFLINE)),
    invites("stage-200", BandSamples.invites, Look.STAGE, 2f),
    invites("light", BandSamples.invites, Look.LIGHT).german(),
    deleted("light", BandSamples.deleted, Look.LIGHT),
    deleted("viewer-offline-dark", BandSamples.deletedViewer, Look.DARK, strip = Strip(StripWord.OFFLINE)),
    deleted("stage-200", BandSamples.deleted, Look.STAGE, 2f),
    line("make-light", LineSamples.make, Look.LIGHT),
    line("join-dark", LineSamples.join, Look.DARK),
    line("delete-dark-200", LineSamples.delete, Look.DARK, 2f),
    line("delete-stage", LineSamples.delete.copy(text = "The Wonderwalls"), Look.STAGE),
    line("password-light", LineSamples.password, Look.LIGHT).german(),
)
