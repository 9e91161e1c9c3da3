package org.rockon.ui.welcome

import org.rockon.AuthErrorCode
import org.rockon.RockOnException

/** States of the first screen as it can be, for pictures and for tests. */
object WelcomeSamples {
    val normal = WelcomeState(server = "wonderwalls.example")

    val wrong =
        normal.copy(
            email = "eric@rock-on.test",
            password = "rock-on",
            failure = RockOnException.Auth(AuthErrorCode.InvalidCredentials),
        )

    val noServer = WelcomeState(asksForLink = true, link = "rockon://server?u", isLinkWrong = true)

    val again = normal.copy(email = "eric@rock-on.test", isAgain = true)
}
