package org.rockon.app

import org.rockon.ui.Frame
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.StripWord
import org.rockon.ui.setlist.AddSongsActs
import org.rockon.ui.setlist.AddSongsState
import org.rockon.ui.setlist.AddSongsView
import org.rockon.ui.setlist.SetlistActs
import org.rockon.ui.setlist.SetlistSamples
import org.rockon.ui.setlist.SetlistState
import org.rockon.ui.setlist.SetlistView
import org.rockon.ui.setlists.SetlistsActs
import org.rockon.ui.setlists.SetlistsSamples
import org.rockon.ui.setlists.SetlistsState
import org.rockon.ui.setlists.SetlistsView
import org.rockon.ui.theme.Look

private val offline = Strip(StripWord.OFFLINE, 2)

private fun setlists(name: String, state: SetlistsState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("setlists-$name", look, text) { SetlistsView(state, Frame(strip) {}, object : SetlistsActs {}) }

private fun setlist(name: String, state: SetlistState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("setlist-$name", look, text) { SetlistView(state, Frame(strip) {}, object : SetlistActs {}) }

private fun adding(name: String, state: AddSongsState, look: Look, text: Float = 1f) =
    Sample("add-songs-$name", look, text) { AddSongsView(state, object : AddSongsActs {}) }

/** Setlists, one of them, and songs for it. */
internal val setlistSamples = listOf(
    setlists("light", SetlistsSamples.normal, Look.LIGHT),
    setlists("offline-dark", SetlistsSamples.normal, Look.DARK, strip = offline),
    setlists("empty-stage", SetlistsSamples.empty, Look.STAGE).german(),
    setlists("viewer-dark", SetlistsSamples.viewer, Look.DARK),
    setlists("archive-light", SetlistsSamples.archive, Look.LIGHT),
    setlists("long-dark-200", SetlistsSamples.long, Look.DARK, 2f),
    setlist("light", SetlistSamples.normal, Look.LIGHT),
    setlist("stage", SetlistSamples.normal, Look.STAGE),
    setlist("changed-dark", SetlistSamples.changed, Look.DARK),
    setlist("changed-dark", SetlistSamples.changed, Look.DARK).german(),
    setlist("offline-light", SetlistSamples.unsent, Look.LIGHT, strip = offline),
    setlist("viewer-dark", SetlistSamples.viewer, Look.DARK),
    setlist("empty-light", SetlistSamples.empty, Look.LIGHT),
    setlist("gone-dark", SetlistSamples.gone, Look.DARK),
    setlist("long-dark-200", SetlistSamples.long, Look.DARK, 2f),
    adding("light", SetlistSamples.adding, Look.LIGHT),
    adding("long-stage-200", SetlistSamples.addingLong, Look.STAGE, 2f),
    adding("nothing-found-dark", SetlistSamples.addingNothing, Look.DARK),
)
