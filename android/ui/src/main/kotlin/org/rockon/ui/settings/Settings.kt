package org.rockon.ui.settings

import androidx.compose.runtime.Immutable
import org.rockon.RockOnException
import org.rockon.ui.bands.BandChoice

/**
 * @property name how the bands see this person; null while it is not known
 * @property band whose songs an export writes: the one that the lists show
 * @property unsent edits that would wait until the next sign-in
 * @property asksToSignOut the question is open
 * @property version of the app
 */
@Immutable
data class SettingsState(
    val choices: Choices = Choices(),
    val name: String? = null,
    val email: String? = null,
    val band: BandChoice? = null,
    val unsent: Long = 0,
    val asksToSignOut: Boolean = false,
    val version: String = "",
    val failure: RockOnException? = null,
)

/** What of an account can be changed, each on a page of its own. */
enum class Part { NAME, EMAIL, PASSWORD, DELETE }

/**
 * A page that changes one part of the account.
 *
 * @property text what was typed
 * @property code the code that shows that it is still them; null where none is asked for
 * @property email where messages go
 * @property sentTo a message is on its way there: the change is not done before its link is opened
 */
@Immutable
data class PartState(
    val of: Part,
    val text: String = "",
    val code: String? = null,
    val email: String = "",
    val sentTo: String? = null,
    val isBusy: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** There is enough to try it. [word] is what must be typed before an account is deleted. */
    fun canDo(word: String): Boolean {
        val isTyped = if (of == Part.DELETE) text.trim() == word else text.isNotBlank()
        return isTyped && code?.isBlank() != true && !isBusy
    }
}
