package org.rockon.ui.settings

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.rockon.Format
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.account
import org.rockon.ui.device.Outside
import org.rockon.ui.parts.doing

/** How the app looks and speaks, and the account. */
class SettingsModel(
    private val core: RockOn,
    private val chosen: Chosen,
    private val outside: Outside,
    bands: Bands,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(SettingsState(chosen.state.value, version = RockOn.version))
    val state: StateFlow<SettingsState> = now.asStateFlow()

    init {
        scope.launch {
            combine(chosen.state, bands.state, core.status, ::Triple).collect { (choices, bands, status) ->
                now.update {
                    it.copy(
                        choices = choices,
                        band = bands.chosen,
                        email = status.account?.email?.text ?: it.email,
                        unsent = status.outbox.unsent,
                    )
                }
            }
        }
        scope.doing(::failed) { core.myName().let { name -> now.update { it.copy(name = name.orEmpty()) } } }
    }

    fun choose(choices: Choices) = chosen.change(choices)

    fun change(part: Part) = go.to(PartPlace(part))

    /** All songs of the band as a file, which the person puts where they like. */
    fun export(format: Format, name: String) {
        val band = now.value.band ?: return
        scope.doing(::failed) {
            val file = core.exportSongs(band.id, format)
            val (end, type) = if (format == Format.CSV) "csv" to "text/csv" else "cho" to "text/plain"
            outside.save("${name.replace(UNFIT, " ").trim().take(LONGEST)}.$end", type, file.text)
            if (file.shortened.isNotEmpty()) go.tell(Bar { it.settings.exportPartial(file.shortened.size.toLong()) })
        }
    }

    fun askToSignOut() = now.update { it.copy(asksToSignOut = true, failure = null) }

    fun stay() = now.update { it.copy(asksToSignOut = false) }

    /** The core goes on with it when this screen has ended. */
    fun signOut(everywhere: Boolean) {
        stay()
        scope.doing(::failed) { core.signOut(everywhere) }
    }

    fun back() = go.back()

    private fun failed(failure: RockOnException) = now.update { it.copy(failure = failure) }

    private companion object {
        /** What not every system takes in the name of a file. */
        val UNFIT = Regex("\\s*[\\p{Cntrl}/\\\\:*?\"<>|]+\\s*")
        const val LONGEST = 80
    }
}
