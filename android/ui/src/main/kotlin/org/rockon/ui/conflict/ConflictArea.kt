package org.rockon.ui.conflict

import org.rockon.ConflictId
import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen

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
        val id =
            parts
                .takeIf { it[0] == "conflict" }
                ?.getOrNull(1)
                ?.toLongOrNull()
                ?.let(::ConflictId) ?: return null
        return if (parts.getOrNull(2) == "merge") MergePlace(id) else ConflictPlace(id)
    }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is ConflictPlace -> {
            val model = ConflictModel(of.core, place.id, of.bands, of.scope, of.go)
            Screen(place, model) { ConflictScreen(model, it) }
        }

        is MergePlace -> {
            val model = MergeModel(of.core, place.id, of.kept, of.device.outside, of.scope, of.go)
            Screen(place, model, isQuiet = true, onBack = model::close) { MergeScreen(model) }
        }

        else -> null
    }
}
