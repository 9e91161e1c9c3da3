package org.rockon.ui

import org.rockon.ui.device.Kept

/** Places that a link led to while nobody was signed in. They wait for it, over the end of the process too. */
internal class Later(private val kept: Kept) {
    /** Something waits. */
    val isWaiting: Boolean get() = kept[KEY] != null

    fun add(place: Place) {
        kept[KEY] = listOfNotNull(kept[KEY], place.code).joinToString("\n")
    }

    /** All of them, the first one first. */
    fun take(): List<Place> = kept[KEY]
        .orEmpty()
        .lines()
        .mapNotNull(::placeOf)
        .also { kept[KEY] = null }

    private companion object {
        const val KEY = "later"
    }
}
