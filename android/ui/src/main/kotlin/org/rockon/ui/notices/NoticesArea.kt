package org.rockon.ui.notices

import org.rockon.ui.Area
import org.rockon.ui.Begin
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.Tab
import org.rockon.ui.drawn

/** What others did, and what waits for a choice. */
data object NoticesPlace : Place {
    override val code = "notices"
}

/** Notices. */
internal object NoticesArea : Area {
    override val begins = Begin(Tab.NOTICES, NoticesPlace)

    override fun place(parts: List<String>): Place? = NoticesPlace.takeIf { parts == listOf(it.code) }

    override fun screen(place: Place, of: Making): Screen? {
        if (place !is NoticesPlace) return null
        val model = NoticesModel(of.core, of.device.notifications, of.kept, of.bands, of.scope, of.go)
        return drawn(place, model) { state, frame -> NoticesView(state, frame, model) }
    }
}
