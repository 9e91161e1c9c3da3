package org.rockon.ui.welcome

import org.rockon.Secret
import org.rockon.ui.Area
import org.rockon.ui.Bar
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.drawn
import org.rockon.ui.line.Line
import org.rockon.ui.line.lineScreen

/** The session has ended on its own: the same person, please. */
data object SignInAgainPlace : Place {
    override val code = "sign-in"
}

/** Signed in by a code, because the password is forgotten: now another one. */
data object NewPasswordPlace : Place {
    override val code = "new-password"
}

/** Signed in for the first time, and in no band. */
data object StartPlace : Place {
    override val code = "start"
}

/** Signing in while one is inside, and what comes first after signing in. */
internal object WelcomeArea : Area {
    override fun place(parts: List<String>): Place? =
        listOf(SignInAgainPlace, NewPasswordPlace, StartPlace).find { parts == listOf(it.code) }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is SignInAgainPlace -> of.signIn().let { drawn(place, it, isQuiet = true) { state, _ -> WelcomeView(state, it) } }
        is NewPasswordPlace -> lineScreen(place, Line.NEW_PASSWORD, of) { of.renew(Secret(it)) }
        is StartPlace -> StartModel(of.go).let { Screen(place, it, isQuiet = true) { _ -> StartView(it) } }
        else -> null
    }
}

private suspend fun Making.renew(password: Secret) {
    core.setPassword(password)
    go.back()
    go.tell(Bar { it.settings.saved })
}
