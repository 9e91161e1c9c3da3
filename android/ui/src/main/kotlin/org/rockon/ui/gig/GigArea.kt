package org.rockon.ui.gig

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.Density
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.RowId
import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.device.Stage
import org.rockon.ui.settings.Chosen
import org.rockon.ui.songs.SongsPlace
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.theme.Look
import org.rockon.ui.theme.RockOnTheme

/** A setlist on stage. */
data class GigPlace(val setlist: RowId) : Place {
    override val code = "gig/$setlist"
}

/** Gig mode: no tab, reached from a setlist, and left by its own end. */
internal object GigArea : Area {
    override fun place(parts: List<String>): Place? = if (parts.size == 2 &&
        parts[0] == "gig"
    ) {
        GigPlace(RowId(parts[1]))
    } else {
        null
    }

    override fun screen(place: Place, of: Making): Screen? {
        if (place !is GigPlace) return null
        val model = GigModel(of.core, place.setlist, of.device.preferences, of.kept, of.scope, of.go)
        return Screen(place, model, isQuiet = true, onBack = model::back) { GigScreen(model, of.device.stage, of.chosen) }
    }
}

/** Black whatever the theme is, and the whole window while it is there. */
@Composable
fun GigScreen(model: GigModel, stage: Stage, chosen: Chosen, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    val choices by chosen.state.collectAsStateWithLifecycle()
    val density = LocalDensity.current
    DisposableEffect(stage) {
        stage.enter()
        onDispose(stage::leave)
    }
    LaunchedEffect(stage, state.isRotationLocked) { stage.lockRotation(state.isRotationLocked) }
    RockOnTheme(modifier, Look.STAGE, LocalTexts.current.language) {
        CompositionLocalProvider(LocalDensity provides Density(density.density, density.fontScale * choices.gigText / 100)) {
            GigView(state, remember(model) { model.acts() })
        }
    }
}
