package org.rockon.ui.device

import kotlin.time.Instant

/** What lies outside the app: other apps of the phone. Each call returns at once; whether something came of it is not known. */
interface Outside {
    /** Offers a text to other apps. */
    fun share(text: String)

    /** Puts a text where the next paste takes it from. */
    fun copy(text: String)

    /** Asks where to put a file of this name and type (`text/csv`), and writes it there. */
    fun save(name: String, type: String, text: String)

    /** Opens a link (`https:`, `tel:`, `mailto:`, `geo:`) in the app for it; false when there is none. */
    fun open(link: String): Boolean

    /** Hands a date to the person's own calendar; false when there is none. */
    fun remember(event: Event): Boolean
}

/**
 * Something for a calendar.
 *
 * @property minutes how long it takes; null where nobody knows
 */
data class Event(val title: String, val where: String?, val notes: String?, val begin: Instant, val minutes: Long?)
