package org.rockon.ui.welcome

import org.rockon.ui.Texts

/** States of the first screen as it can be, for pictures and for tests. */
object WelcomeSamples {
    val normal = WelcomeState(server = "wonderwalls.example")

    val wrong =
        normal.copy(
            email = "eric@rock-on.test",
            password = "rock-on",
            failure = "The e-mail address or the password is wrong. Check both and try again.",
        )

    val noServer = WelcomeState(asksForLink = true, link = "rockon://server?u", failure = Texts.SERVER_WRONG)

    val again = normal.copy(email = "eric@rock-on.test", isAgain = true)
}
