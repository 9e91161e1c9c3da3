package org.rockon.ui.welcome

import org.rockon.AuthErrorCode
import org.rockon.IdProvider
import org.rockon.RockOnException

/** States of the first screen as it can be, for pictures and for tests. */
object WelcomeSamples {
    val normal = WelcomeState(server = "wonderwalls.example")

    val wrong = normal.copy(
        email = "eric@rock-on.test",
        password = "rock-on",
        failure = RockOnException.Auth(AuthErrorCode.InvalidCredentials),
    )

    val offline = wrong.copy(failure = RockOnException.Offline())

    val signUp = normal.copy(way = Way.SIGN_UP, name = "Eric", email = "eric@rock-on.test")

    val confirm = normal.copy(isSent = true, email = "eric@rock-on.test")

    val code = normal.copy(way = Way.CODE, isSent = true, email = "eric@rock-on.test", code = "123456")

    val reset = normal.copy(way = Way.RESET)

    val providers = normal.copy(providers = IdProvider.entries, hasLink = true)

    val noServer = WelcomeState(asksForLink = true, link = "rockon://server?u", isLinkWrong = true)

    val ownServer = normal.copy(asksForLink = true)

    val keyLost = normal.copy(isKeyLost = true)

    val again = normal.copy(email = "eric@rock-on.test", isAgain = true)
}
