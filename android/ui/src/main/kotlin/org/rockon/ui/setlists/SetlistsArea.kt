package org.rockon.ui.setlists

import org.rockon.ui.Area
import org.rockon.ui.Begin
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.Tab
import org.rockon.ui.drawn

/** The list of setlists. */
data object SetlistsPlace : Place {
    override val code = "setlists"
}

/** Those that are archived. */
data object ArchivePlace : Place {
    override val code = "setlists/archive"
}

/** The lists of setlists. */
internal object SetlistsArea : Area {
    override val begins = Begin(Tab.SETLISTS, SetlistsPlace)

    override fun place(parts: List<String>): Place? =
        listOf(SetlistsPlace, ArchivePlace).find { it.code == parts.joinToString("/") }

    override fun screen(place: Place, of: Making): Screen? {
        if (place !is SetlistsPlace && place !is ArchivePlace) return null
        val model = SetlistsModel(of.core, of.bands, place is ArchivePlace, of.scope, of.go)
        return drawn(place, model) { state, frame -> SetlistsView(state, frame, model) }
    }
}
