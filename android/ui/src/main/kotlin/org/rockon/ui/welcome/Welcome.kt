package org.rockon.ui.welcome

import androidx.compose.runtime.Immutable
import org.rockon.IdProvider
import org.rockon.RockOnException
import org.rockon.ui.device.Server
import org.rockon.ui.texts.Texts

/** How somebody comes in. */
enum class Way { PASSWORD, SIGN_UP, CODE, RESET }

/**
 * @property server the host that one signs in at; null while there is none, then only [link] is asked for
 * @property isSent the server has sent a message: a code, or the link that confirms a new account
 * @property providers services whose accounts are taken
 * @property link what was typed as the link to a server
 * @property asksForLink the field for a link is open
 * @property isAgain the session has ended: whose it was is known
 * @property isKeyLost the phone has lost what it needs to know who was signed in
 * @property hasLink a link of the app waits for somebody to be signed in
 * @property isBusy the server is being asked
 * @property isLinkWrong what was typed as a link is none
 * @property failure why it did not work, and what to do, as the core has it
 */
@Immutable
data class WelcomeState(
    val server: String? = null,
    val way: Way = Way.PASSWORD,
    val isSent: Boolean = false,
    val name: String = "",
    val email: String = "",
    val password: String = "",
    val code: String = "",
    val providers: List<IdProvider> = emptyList(),
    val link: String = "",
    val asksForLink: Boolean = false,
    val isAgain: Boolean = false,
    val isKeyLost: Boolean = false,
    val hasLink: Boolean = false,
    val isBusy: Boolean = false,
    val isLinkWrong: Boolean = false,
    val failure: RockOnException? = null,
) {
    private val isByCode: Boolean get() = way == Way.CODE || way == Way.RESET

    val asksForName: Boolean get() = way == Way.SIGN_UP

    val asksForPassword: Boolean get() = !isByCode

    /** A code was sent: now it is asked for. */
    val asksForCode: Boolean get() = isByCode && isSent

    /** Everything is there that the way needs. */
    val canGoOn: Boolean
        get() =
            server != null && email.isNotBlank() && !isBusy &&
                (!asksForName || name.isNotBlank()) &&
                (!asksForPassword || password.isNotEmpty()) &&
                (!asksForCode || code.isNotBlank())

    /** Ways that are offered beside this one. Whose session has ended has an account. */
    val others: List<Way> get() = (Way.entries - way).filter { !isAgain || it != Way.SIGN_UP }
}

/** The host of a server, as people know it. */
internal val Server.host: String get() = url.substringAfter("://").substringBefore('/')

/** What one is told before anything is typed. */
internal fun WelcomeState.words(texts: Texts): String = when {
    hasLink -> texts.welcome.linkWaits
    isKeyLost -> texts.app.keyLost
    isAgain -> texts.welcome.again(email)
    else -> texts.welcome.claim
}

/** What one is told of the way, where there is something to tell. */
internal fun WelcomeState.hint(texts: Texts): String? = when {
    asksForCode -> texts.welcome.codeSent(email)
    isSent -> "${texts.welcome.confirm}. ${texts.welcome.confirmHint(email)}"
    way == Way.RESET -> texts.welcome.resetHint
    else -> null
}

/** What the button says. */
internal fun WelcomeState.act(texts: Texts): String = when (way) {
    Way.PASSWORD -> texts.welcome.signIn
    Way.SIGN_UP -> texts.welcome.signUp
    Way.CODE -> if (isSent) texts.welcome.signIn else texts.welcome.sendCode
    Way.RESET -> if (isSent) texts.app.next else texts.welcome.sendCode
}

/** What leads to it. */
internal fun Way.name(texts: Texts): String = when (this) {
    Way.PASSWORD -> texts.welcome.withPassword
    Way.SIGN_UP -> texts.welcome.signUp
    Way.CODE -> texts.welcome.withCode
    Way.RESET -> texts.welcome.forgot
}

internal fun IdProvider.words(texts: Texts): String = when (this) {
    IdProvider.APPLE -> texts.welcome.withApple
    IdProvider.GOOGLE -> texts.welcome.withGoogle
}
