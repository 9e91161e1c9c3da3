package org.rockon.ui.device

/** What lies outside the app: other apps of the phone. Each call returns at once; whether something came of it is not known. */
interface Outside {
    /** Offers a text to other apps. */
    fun share(text: String)

    /** Puts a text where the next paste takes it from. */
    fun copy(text: String)

    /** Opens a link (`https:`, `tel:`, `mailto:`, `geo:`) in the app for it; false when there is none. */
    fun open(link: String): Boolean
}
