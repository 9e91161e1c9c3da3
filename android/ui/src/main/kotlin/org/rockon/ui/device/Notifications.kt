package org.rockon.ui.device

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow

/** What the system shows for the app while the app is not on screen. */
interface Notifications {
    /** What the person allows. It changes while the app is away, in the system's settings. */
    val allowed: StateFlow<Allowed>

    /** Asks whether they may be shown. The system does that once. */
    fun ask()

    /** The person wants none of it just now: not asked again. */
    fun decline()

    /** The system's own page about them. */
    fun openSettings()

    /** Takes away those that are shown: the person has looked. */
    fun clear()
}

/**
 * What the system lets the app tell.
 *
 * @property answer whether notifications may be shown
 * @property inBackground the app may work while it is not on screen
 */
@Immutable
data class Allowed(val answer: Answer = Answer.YES, val inBackground: Boolean = true) {
    enum class Answer { YES, NO, UNASKED }
}

/** For places that are always on screen: there is nothing to show and nothing to ask. */
object NoNotifications : Notifications {
    override val allowed: StateFlow<Allowed> = MutableStateFlow(Allowed())

    override fun ask() = Unit

    override fun decline() = Unit

    override fun openSettings() = Unit

    override fun clear() = Unit
}
