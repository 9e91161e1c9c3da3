package org.rockon.ui.conflict

import org.rockon.ConflictId
import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.drawn
import org.rockon.ui.number

/** A conflict. */
data class ConflictPlace(val id: ConflictId) : Place {
    override val code = "conflict/$id"
}

/** Something made of both values of a conflict. */
data class MergePlace(val id: ConflictId) : Place {
    override val code = "conflict/$id/merge"
}

/** Conflicts. */
internal object ConflictArea : Area {
    override fun place(parts: List<String>): Place? {
        val id = parts.number("conflict")?.let(::ConflictId) ?: return null
        return if (parts.getOrNull(2) == "merge") MergePlace(id) else ConflictPlace(id)
    }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is ConflictPlace -> {
            val model = ConflictModel(of.core, place.id, of.bands, of.scope, of.go)
            drawn(place, model) { state, frame -> ConflictView(state, frame, model) }
        }

        is MergePlace -> {
            val model = MergeModel(of.core, place.id, of.kept, of.device.outside, of.scope, of.go)
            drawn(place, model, isQuiet = true, onBack = model::close) { state, _ -> MergeView(state, model) }
        }

        else -> null
    }
}
