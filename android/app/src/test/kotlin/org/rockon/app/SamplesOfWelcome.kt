package org.rockon.app

import org.rockon.ui.theme.Look
import org.rockon.ui.welcome.StartActs
import org.rockon.ui.welcome.StartView
import org.rockon.ui.welcome.WelcomeActs
import org.rockon.ui.welcome.WelcomeSamples
import org.rockon.ui.welcome.WelcomeState
import org.rockon.ui.welcome.WelcomeView

private fun welcome(name: String, state: WelcomeState, look: Look, text: Float = 1f) =
    Sample("welcome-$name", look, text) { WelcomeView(state, object : WelcomeActs {}) }

private fun start(name: String, look: Look, text: Float = 1f) = Sample("start-$name", look, text) {
    StartView(object : StartActs {})
}

/** The first screen in its ways, and how somebody without a band begins. */
internal val welcomeSamples = listOf(
    welcome("light", WelcomeSamples.normal, Look.LIGHT),
    welcome("wrong-dark", WelcomeSamples.wrong, Look.DARK),
    welcome("wrong-dark", WelcomeSamples.wrong, Look.DARK).german(),
    welcome("offline-light", WelcomeSamples.offline, Look.LIGHT),
    welcome("sign-up-light", WelcomeSamples.signUp, Look.LIGHT),
    welcome("sign-up-dark-200", WelcomeSamples.signUp, Look.DARK, 2f),
    welcome("confirm-dark", WelcomeSamples.confirm, Look.DARK),
    welcome("code-stage", WelcomeSamples.code, Look.STAGE),
    welcome("reset-light", WelcomeSamples.reset, Look.LIGHT).german(),
    welcome("providers-dark", WelcomeSamples.providers, Look.DARK),
    welcome("server-stage", WelcomeSamples.noServer, Look.STAGE),
    welcome("own-server-light", WelcomeSamples.ownServer, Look.LIGHT),
    welcome("key-lost-dark", WelcomeSamples.keyLost, Look.DARK),
    welcome("again-dark-200", WelcomeSamples.again, Look.DARK, 2f),
    start("light", Look.LIGHT),
    start("light", Look.LIGHT).german(),
    start("stage-200", Look.STAGE, 2f),
)
