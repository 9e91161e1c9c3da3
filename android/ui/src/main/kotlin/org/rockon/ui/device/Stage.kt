package org.rockon.ui.device

/** The window while somebody plays from it. For the main thread; each call returns at once. */
interface Stage {
    /** The window has the whole screen, which stays on. */
    fun enter()

    /** The window turns with the phone, or stays as it is. */
    fun lockRotation(on: Boolean)

    /** As before [enter]. */
    fun leave()
}
