package org.rockon.ui.settings

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.rockon.Language
import org.rockon.ui.device.Preferences
import org.rockon.ui.theme.Look

/**
 * How the app looks and speaks on this phone.
 *
 * @property language null follows the system
 * @property gigText how large gig mode writes, in percent of what it writes by itself
 */
@Immutable
data class Choices(val look: Look = Look.SYSTEM, val language: Language? = null, val gigText: Int = 100)

/** How large gig mode can write. */
internal val gigTexts = listOf(60, 80, 100, 120, 140)

/** The person's [Choices], which the phone remembers. What another version of the app has written counts as not chosen. */
class Chosen(private val preferences: Preferences) {
    private val now = MutableStateFlow(
        Choices(
            look = Look.entries.find { it.name == preferences[LOOK] } ?: Look.SYSTEM,
            language = Language.entries.find { it.name == preferences[LANGUAGE] },
            gigText = preferences[GIG_TEXT]?.toIntOrNull()?.takeIf { it in gigTexts } ?: 100,
        ),
    )
    val state: StateFlow<Choices> = now.asStateFlow()

    fun change(to: Choices) {
        preferences[LOOK] = to.look.name
        preferences[LANGUAGE] = to.language?.name
        preferences[GIG_TEXT] = "${to.gigText}"
        now.value = to
    }

    private companion object {
        const val LOOK = "look"
        const val LANGUAGE = "language"
        const val GIG_TEXT = "gig.text"
    }
}
