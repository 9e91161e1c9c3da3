package org.rockon.ui.settings

import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.drawn

/** How the app looks and speaks, and the account. */
data object SettingsPlace : Place {
    override val code = "settings"
}

/** One part of the account. */
data class PartPlace(val part: Part) : Place {
    override val code = "settings/${part.name}"
}

/** Settings and the account. */
internal object SettingsArea : Area {
    override fun place(parts: List<String>): Place? =
        (listOf(SettingsPlace) + Part.entries.map(::PartPlace)).find { it.code.split('/') == parts }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is SettingsPlace -> {
            val model = SettingsModel(of.core, of.chosen, of.device.outside, of.bands, of.scope, of.go)
            drawn(place, model) { state, frame -> SettingsView(state, frame, model) }
        }

        is PartPlace -> {
            val model = PartModel(of.core, place.part, of.kept, of.scope, of.go)
            drawn(place, model, isQuiet = true, onBack = model::back) { state, _ -> PartView(state, model) }
        }

        else -> null
    }
}
