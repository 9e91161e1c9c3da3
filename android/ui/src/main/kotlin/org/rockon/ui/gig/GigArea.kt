package org.rockon.ui.gig

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Density
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.RowId
import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.device.Stage
import org.rockon.ui.drawn
import org.rockon.ui.settings.Chosen
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.theme.Look
import org.rockon.ui.theme.RockOnTheme

/** A setlist on stage. */
data class GigPlace(val setlist: RowId) : Place {
    override val code = "gig/$setlist"
}

/** Gig mode: no tab, reached from a setlist, and left by its own end. */
internal object GigArea : Area {
    override fun place(parts: List<String>): Place? =
        parts.takeIf { it.size == 2 && it[0] == "gig" }?.let { GigPlace(RowId(it[1])) }

    override fun screen(place: Place, of: Making): Screen? {
        if (place !is GigPlace) return null
        val model = GigModel(of.core, place.setlist, of.device.preferences, of.kept, of.scope, of.go)
        return drawn(place, model, isQuiet = true, onBack = model::back) { state, _ ->
            GigScreen(state, model, of.device.stage, of.chosen)
        }
    }
}

/** Black whatever the theme is, and the whole window while it is there. */
@Composable
private fun GigScreen(state: GigState, acts: GigActs, stage: Stage, chosen: Chosen) {
    val choices by chosen.state.collectAsStateWithLifecycle()
    val density = LocalDensity.current
    DisposableEffect(stage) {
        stage.enter()
        onDispose(stage::leave)
    }
    LaunchedEffect(stage, state.isRotationLocked) { stage.lockRotation(state.isRotationLocked) }
    RockOnTheme(look = Look.STAGE, language = LocalTexts.current.language) {
        CompositionLocalProvider(LocalDensity provides Density(density.density, density.fontScale * choices.gigText / 100)) {
            GigView(state, acts)
        }
    }
}
