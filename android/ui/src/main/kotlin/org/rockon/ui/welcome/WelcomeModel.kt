package org.rockon.ui.welcome

import kotlinx.coroutines.CoroutineScope
import org.rockon.AppLink
import org.rockon.IdProvider
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.Secret
import org.rockon.SignUp
import org.rockon.parseLink
import org.rockon.ui.Model
import org.rockon.ui.Place
import org.rockon.ui.device.Accounts
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Server

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
    scope: CoroutineScope,
    hasLink: Boolean = false,
) : Model<WelcomeState>(at.begin(kept, hasLink), scope),
    WelcomeActs {
    override fun name(text: String) {
        kept[NAME] = text
        update { it.copy(name = text, failure = null) }
    }

    override fun email(text: String) {
        kept[EMAIL] = text
        update { it.copy(email = text, failure = null) }
    }

    override fun password(text: String) = update { it.copy(password = text, failure = null) }

    override fun code(text: String) = update { it.copy(code = text, failure = null) }

    override fun link(text: String) = update { it.copy(link = text, isLinkWrong = false) }

    override fun askForLink(on: Boolean) = update { it.copy(asksForLink = on, isLinkWrong = false) }

    /** The link that was typed. */
    override fun useLink() {
        val link = parseLink(shown.link) as? AppLink.Server
        if (link == null) update { it.copy(isLinkWrong = true) } else at.use(Server.of(link))
    }

    /** A link of the app waits. */
    fun linkWaits() = update { it.copy(hasLink = true) }

    override fun choose(way: Way) = step(way, isSent = false)

    /** What the button says. */
    override fun goOn() {
        val typed = shown
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
    override fun sendAgain() = asking { send(it, shown.way, shown.email.trim()) }

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
        update { it.copy(password = "", code = "") }
    }

    private fun step(way: Way, isSent: Boolean) {
        kept[WAY] = way.name
        kept[SENT] = "".takeIf { isSent }
        update { it.copy(way = way, isSent = isSent, password = "", code = "", failure = null) }
    }

    override fun failed(failure: RockOnException) = update { it.copy(isBusy = false, failure = failure) }

    private fun asking(call: suspend (RockOn) -> Unit) {
        val core = at.core ?: return
        if (shown.isBusy) return
        update { it.copy(isBusy = true, failure = null) }
        doing {
            call(core)
            update { it.copy(isBusy = false) }
        }
    }
}

private const val PREFIX = "welcome."
private const val EMAIL = "welcome.email"
private const val NAME = "welcome.name"
private const val WAY = "welcome.way"
private const val SENT = "welcome.sent"

/** With what was typed before the process ended. */
private fun Entrance.begin(kept: Kept, hasLink: Boolean) = WelcomeState(
    server = server?.host,
    way = Way.entries.find { it.name == kept[WAY] } ?: Way.PASSWORD,
    isSent = kept[SENT] != null,
    name = kept[NAME].orEmpty(),
    email = again ?: kept[EMAIL].orEmpty(),
    providers = accounts.offered,
    asksForLink = server == null,
    isAgain = again != null,
    isKeyLost = isKeyLost,
    hasLink = hasLink,
)
