package org.rockon.ui.rejected

import org.rockon.EditId
import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.drawn
import org.rockon.ui.number

/** An edit that the server refused. */
data class RejectedPlace(val id: EditId) : Place {
    override val code = "rejected/$id"
}

/** Refused edits. */
internal object RejectedArea : Area {
    override fun place(parts: List<String>): Place? = parts.number("rejected")?.let { RejectedPlace(EditId(it)) }

    override fun screen(place: Place, of: Making): Screen? {
        if (place !is RejectedPlace) return null
        val model = RejectedModel(of.core, place.id, of.bands, of.device.outside, of.scope, of.go)
        return drawn(place, model) { state, frame -> RejectedView(state, frame, model) }
    }
}
