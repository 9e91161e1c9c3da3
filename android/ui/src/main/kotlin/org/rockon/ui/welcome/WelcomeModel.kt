package org.rockon.ui.welcome

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import org.rockon.AppLink
import org.rockon.IdProvider
import org.rockon.RockOn
import org.rockon.Secret
import org.rockon.SignUp
import org.rockon.parseLink
import org.rockon.ui.Place
import org.rockon.ui.device.Accounts
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Server
import org.rockon.ui.parts.doing

/**
 * Where one signs in.
 *
 * @property core null while there is no server
 * @property again whose session has ended
 * @property isKeyLost the phone cannot open any more what it kept of a session
 * @property use speaks to another server
 * @property lead to a place, as soon as somebody is signed in
 */
internal class Entrance(
    val server: Server?,
    val core: RockOn?,
    val accounts: Accounts,
    val again: String?,
    val isKeyLost: Boolean,
    val use: (Server) -> Unit,
    val lead: (Place) -> Unit,
)

/** Signing in and up, and which server to do it at. Passwords and codes are kept nowhere; what else was typed is. */
class WelcomeModel internal constructor(
    private val at: Entrance,
    private val kept: Kept,
    private val scope: CoroutineScope,
    hasLink: Boolean = false,
) : WelcomeActs {
    private val now = MutableStateFlow(
        WelcomeState(
            server = at.server?.host,
            way = Way.entries.find { it.name == kept[WAY] } ?: Way.PASSWORD,
            isSent = kept[SENT] != null,
            name = kept[NAME].orEmpty(),
            email = at.again ?: kept[EMAIL].orEmpty(),
            providers = at.accounts.offered,
            asksForLink = at.server == null,
            isAgain = at.again != null,
            isKeyLost = at.isKeyLost,
            hasLink = hasLink,
        ),
    )
    val state: StateFlow<WelcomeState> = now.asStateFlow()

    override fun name(text: String) {
        kept[NAME] = text
        now.update { it.copy(name = text, failure = null) }
    }

    override fun email(text: String) {
        kept[EMAIL] = text
        now.update { it.copy(email = text, failure = null) }
    }

    override fun password(text: String) = now.update { it.copy(password = text, failure = null) }

    override fun code(text: String) = now.update { it.copy(code = text, failure = null) }

    override fun link(text: String) = now.update { it.copy(link = text, isLinkWrong = false) }

    override fun askForLink(on: Boolean) = now.update { it.copy(asksForLink = on, isLinkWrong = false) }

    /** The link that was typed. */
    override fun useLink() {
        val link = parseLink(now.value.link) as? AppLink.Server
        if (link == null) now.update { it.copy(isLinkWrong = true) } else at.use(Server.of(link))
    }

    /** A link of the app waits. */
    fun linkWaits() = now.update { it.copy(hasLink = true) }

    override fun choose(way: Way) = step(way, isSent = false)

    /** What the button says. */
    override fun goOn() {
        val typed = now.value
        if (!typed.canGoOn) return
        val email = typed.email.trim()
        asking { core ->
            when {
                typed.way == Way.PASSWORD -> inside { core.signIn(email, Secret(typed.password)) }
                typed.way == Way.SIGN_UP -> signedUp(core.signUp(email, Secret(typed.password), typed.name.trim()))
                !typed.isSent -> send(core, typed.way, email)
                typed.way == Way.CODE -> inside { core.signInWithCode(email, Secret(typed.code.trim())) }
                else -> inside { core.signInWithResetCode(email, Secret(typed.code.trim())) }.also { at.lead(NewPasswordPlace) }
            }
        }
    }

    /** The code did not come. */
    override fun sendAgain() = asking { send(it, now.value.way, now.value.email.trim()) }

    override fun signInBy(provider: IdProvider) = asking { core ->
        val given = at.accounts.token(provider)
        if (given != null) inside { core.signInWithIdToken(provider, given.token, given.nonce) }
    }

    /** Who has no account yet gets none here: it would have no name. */
    private suspend fun send(core: RockOn, way: Way, email: String) {
        if (way == Way.RESET) core.requestPasswordReset(email) else core.requestSignInCode(email, createAccount = false)
        step(way, isSent = true)
    }

    /** An address that must be confirmed first: then the password that was just chosen opens. */
    private fun signedUp(done: SignUp) = if (done is SignUp.ConfirmEmail) step(Way.PASSWORD, isSent = true) else forget()

    private suspend fun inside(signIn: suspend () -> Unit) {
        signIn()
        forget()
    }

    private fun forget() {
        kept.clear(PREFIX)
        now.update { it.copy(password = "", code = "") }
    }

    private fun step(way: Way, isSent: Boolean) {
        kept[WAY] = way.name
        kept[SENT] = "".takeIf { isSent }
        now.update { it.copy(way = way, isSent = isSent, password = "", code = "", failure = null) }
    }

    private fun asking(call: suspend (RockOn) -> Unit) {
        val core = at.core ?: return
        if (now.value.isBusy) return
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing(failed = { failure -> now.update { it.copy(isBusy = false, failure = failure) } }) {
            call(core)
            now.update { it.copy(isBusy = false) }
        }
    }

    private companion object {
        const val PREFIX = "welcome."
        const val EMAIL = "welcome.email"
        const val NAME = "welcome.name"
        const val WAY = "welcome.way"
        const val SENT = "welcome.sent"
    }
}
