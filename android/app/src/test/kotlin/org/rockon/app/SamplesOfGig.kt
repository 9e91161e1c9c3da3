package org.rockon.app

import androidx.compose.foundation.layout.size
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import org.rockon.ui.gig.GigActs
import org.rockon.ui.gig.GigSamples
import org.rockon.ui.gig.GigState
import org.rockon.ui.gig.GigView
import org.rockon.ui.theme.Look

private fun gig(name: String, state: GigState, text: Float = 1f) =
    Sample("gig-$name", Look.STAGE, text, touch = 64) { GigView(state, object : GigActs {}) }

/** A phone on its side, half as large. */
private fun aside(name: String, state: GigState, text: Float = 1f) = Sample("gig-aside-$name", Look.STAGE, text, touch = 32) {
    CompositionLocalProvider(LocalDensity provides Density(LocalDensity.current.density / 2, text)) {
        GigView(state, object : GigActs {}, Modifier.size(800.dp, 380.dp))
    }
}

internal val gigSamples = listOf(
    gig("song", GigSamples.normal),
    gig("first", GigSamples.first),
    gig("new-section", GigSamples.newSection),
    gig("break", GigSamples.pause),
    gig("break-over", GigSamples.pauseOver),
    gig("last", GigSamples.last),
    gig("end", GigSamples.end),
    gig("updated", GigSamples.updated),
    gig("deleted", GigSamples.deleted),
    gig("difference", GigSamples.difference),
    gig("menu", GigSamples.menu),
    gig("jump", GigSamples.jump),
    gig("leaving", GigSamples.leaving),
    gig("long", GigSamples.long),
    gig("song-200", GigSamples.updated, 2f),
    aside("updated", GigSamples.updated),
    aside("200", GigSamples.updated, 2f),
    gig("updated", GigSamples.updated).german(),
    gig("leaving", GigSamples.leaving, 2f).german(),
)
