package org.rockon.ui.status

import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.drawn

/** How things are with the server, and the doctor. */
data object StatusPlace : Place {
    override val code = "status"
}

/** What the app did last, for whoever mends it. */
data object LogPlace : Place {
    override val code = "log"
}

/** Status, doctor and log. */
internal object StatusArea : Area {
    override fun place(parts: List<String>): Place? = listOf(StatusPlace, LogPlace).find { listOf(it.code) == parts }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is StatusPlace -> {
            val model = StatusModel(of.core, of.device, of.scope, of.go)
            drawn(place, model) { state, _ -> StatusView(state, model) }
        }

        is LogPlace -> {
            val model = LogModel(of.device.outside, of.scope, of.go)
            drawn(place, model) { state, _ -> LogView(state, model) }
        }

        else -> null
    }
}
