package org.rockon.ui.settings

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import org.rockon.AuthErrorCode
import org.rockon.EmailChange
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.Secret
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.bands.account
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.doing

/** Changes one part of the account. What was typed is kept, but for a password and a code. */
class PartModel(
    private val core: RockOn,
    private val of: Part,
    private val kept: Kept,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(
        PartState(
            of,
            text = kept[key].orEmpty(),
            email = core.status.value.account
                ?.email
                ?.text
                .orEmpty(),
        ),
    )
    val state: StateFlow<PartState> = now.asStateFlow()

    init {
        if (of == Part.NAME && kept[key] == null) {
            scope.doing { core.myName()?.let { name -> now.update { if (it.text.isEmpty()) it.copy(text = name) else it } } }
        }
    }

    private val key get() = "settings.$of"

    fun type(text: String) {
        if (of != Part.PASSWORD) kept[key] = text
        now.update { it.copy(text = text, sentTo = null, failure = null) }
    }

    fun code(text: String) = now.update { it.copy(code = text, failure = null) }

    /** [word] is what must be typed before an account is deleted. */
    fun act(word: String) {
        val typed = now.value
        if (!typed.canDo(word)) return
        now.update { it.copy(isBusy = true, failure = null, sentTo = null) }
        scope.doing(::failed) {
            when (of) {
                Part.NAME -> core.setName(typed.text).also { done() }
                Part.EMAIL -> setEmail(typed.text.trim())
                Part.PASSWORD -> core.setPassword(Secret(typed.text), typed.code?.trim()?.let(::Secret)).also { done() }
                Part.DELETE -> core.deleteAccount().also { kept[key] = null }
            }
        }
    }

    fun back() {
        kept[key] = null
        go.back()
    }

    private suspend fun setEmail(email: String) {
        when (core.setEmail(email)) {
            EmailChange.CHANGED -> done()
            EmailChange.CONFIRM_EMAIL -> now.update { it.copy(isBusy = false, sentTo = email) }
        }
    }

    private fun done() {
        back()
        go.tell(Bar { it.settings.saved })
    }

    /** Where the server wants to know that it is still them, it is asked for a code. */
    private fun failed(failure: RockOnException) {
        val wantsCode = failure is RockOnException.Auth && failure.reason is AuthErrorCode.ReauthenticationNeeded
        if (wantsCode && now.value.code == null) askForCode() else told(failure)
    }

    private fun askForCode() {
        scope.doing(::told) {
            core.requestReauthenticationCode()
            now.update { it.copy(isBusy = false, code = "") }
        }
    }

    private fun told(failure: RockOnException) = now.update { it.copy(isBusy = false, failure = failure) }
}
