package org.rockon.ui.welcome

import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen

/** The session has ended on its own: the same person's password, please. */
data object SignInAgainPlace : Place {
    override val code = "sign-in"
}

/** Signing in while one is inside. */
internal object WelcomeArea : Area {
    override val root = SignInAgainPlace

    override fun place(parts: List<String>): Place? = SignInAgainPlace.takeIf { parts == listOf(it.code) }

    override fun screen(
        place: Place,
        of: Making,
    ): Screen? =
        if (place is SignInAgainPlace) {
            val model = of.signIn()
            Screen(place, model, isQuiet = true) { WelcomeScreen(model) }
        } else {
            null
        }
}
