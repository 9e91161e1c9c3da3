package org.rockon.ui.settings

import kotlinx.coroutines.CoroutineScope
import org.rockon.AuthErrorCode
import org.rockon.EmailChange
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.Secret
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.account
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.doing

/** Changes one part of the account. What was typed is kept, but for a password and a code. */
class PartModel(
    private val core: RockOn,
    private val of: Part,
    private val kept: Kept,
    scope: CoroutineScope,
    private val go: Go,
) : Model<PartState>(first(core, of, kept), scope),
    PartActs {
    private val key = key(of)

    init {
        if (of == Part.NAME && kept[key] == null) {
            scope.doing { core.myName()?.let { name -> update { if (it.text.isEmpty()) it.copy(text = name) else it } } }
        }
    }

    override fun type(text: String) {
        if (of != Part.PASSWORD) kept[key] = text
        update { it.copy(text = text, sentTo = null, failure = null) }
    }

    override fun code(text: String) = update { it.copy(code = text, failure = null) }

    override fun act(word: String) {
        val typed = shown
        if (!typed.canDo(word)) return
        update { it.copy(isBusy = true, failure = null, sentTo = null) }
        doing {
            when (of) {
                Part.NAME -> core.setName(typed.text).also { done() }
                Part.EMAIL -> setEmail(typed.text.trim())
                Part.PASSWORD -> core.setPassword(Secret(typed.text), typed.code?.trim()?.let(::Secret)).also { done() }
                Part.DELETE -> core.deleteAccount().also { kept[key] = null }
            }
        }
    }

    override fun back() {
        kept[key] = null
        go.back()
    }

    private suspend fun setEmail(email: String) {
        when (core.setEmail(email)) {
            EmailChange.CHANGED -> done()
            EmailChange.CONFIRM_EMAIL -> update { it.copy(isBusy = false, sentTo = email) }
        }
    }

    private fun done() {
        back()
        go.tell(Bar { it.settings.saved })
    }

    /** Where the server wants to know that it is still them, it is asked for a code. */
    override fun failed(failure: RockOnException) {
        val wantsCode = failure is RockOnException.Auth && failure.reason is AuthErrorCode.ReauthenticationNeeded
        if (wantsCode && shown.code == null) askForCode() else told(failure)
    }

    private fun askForCode() {
        scope.doing(::told) {
            core.requestReauthenticationCode()
            update { it.copy(isBusy = false, code = "") }
        }
    }

    private fun told(failure: RockOnException) = update { it.copy(isBusy = false, failure = failure) }
}

private fun key(of: Part) = "settings.$of"

private fun first(core: RockOn, of: Part, kept: Kept): PartState {
    val email = core.status.value.account?.email?.text
    return PartState(of, text = kept[key(of)].orEmpty(), email = email.orEmpty())
}
