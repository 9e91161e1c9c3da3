package org.rockon.ui.welcome

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import org.rockon.RockOnException
import org.rockon.Secret
import org.rockon.ui.DeepLink
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Server
import org.rockon.ui.parts.doing

/**
 * @property server the host that one signs in at; null while there is none, then only [link] is asked for
 * @property link what was typed as the link to a server
 * @property asksForLink the field for a link is open
 * @property isAgain the session has ended: whose it was is known
 * @property isBusy the server is being asked
 * @property isLinkWrong what was typed as a link is none
 * @property failure why it did not work, and what to do, as the core has it
 */
@Immutable
data class WelcomeState(
    val server: String? = null,
    val email: String = "",
    val password: String = "",
    val link: String = "",
    val asksForLink: Boolean = false,
    val isAgain: Boolean = false,
    val isBusy: Boolean = false,
    val isLinkWrong: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** Everything is there that signing in needs. */
    val canSignIn: Boolean get() = server != null && email.isNotBlank() && password.isNotEmpty() && !isBusy
}

/** Signing in, and which server to sign in at. The password is never kept. */
class WelcomeModel(
    server: Server?,
    private val kept: Kept,
    private val scope: CoroutineScope,
    again: String? = null,
    private val choose: (Server) -> Unit,
    private val signIn: suspend (String, Secret) -> Unit,
) {
    private val now =
        MutableStateFlow(
            WelcomeState(
                server = server?.let(::host),
                email = again ?: kept[EMAIL].orEmpty(),
                asksForLink = server == null,
                isAgain = again != null,
            ),
        )
    val state: StateFlow<WelcomeState> = now.asStateFlow()

    fun email(text: String) {
        kept[EMAIL] = text
        now.update { it.copy(email = text, failure = null) }
    }

    fun password(text: String) = now.update { it.copy(password = text, failure = null) }

    fun link(text: String) = now.update { it.copy(link = text, isLinkWrong = false) }

    fun askForLink() = now.update { it.copy(asksForLink = true) }

    /** The link that was typed. */
    fun useLink() {
        val link = DeepLink.parse(now.value.link) as? DeepLink.AnotherServer
        if (link == null) now.update { it.copy(isLinkWrong = true) } else choose(link.server)
    }

    fun signIn() {
        val (email, password) = now.value.let { it.email.trim() to Secret(it.password) }
        if (!now.value.canSignIn) return
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing(failed = { failure -> now.update { it.copy(isBusy = false, failure = failure) } }) {
            signIn(email, password)
            kept[EMAIL] = null
            now.update { it.copy(isBusy = false, password = "") }
        }
    }

    private companion object {
        const val EMAIL = "welcome.email"

        fun host(server: Server) = server.url.substringAfter("://").substringBefore('/')
    }
}
