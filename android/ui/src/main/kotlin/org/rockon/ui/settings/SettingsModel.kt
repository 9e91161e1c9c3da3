package org.rockon.ui.settings

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.launch
import org.rockon.Format
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.account
import org.rockon.ui.device.Outside

/** How the app looks and speaks, and the account. */
class SettingsModel(
    private val core: RockOn,
    private val chosen: Chosen,
    private val outside: Outside,
    bands: Bands,
    scope: CoroutineScope,
    private val go: Go,
) : Model<SettingsState>(SettingsState(chosen.state.value, version = RockOn.version), scope),
    SettingsActs {
    init {
        scope.launch {
            combine(chosen.state, bands.state, core.status, ::Triple).collect { (choices, bands, status) ->
                val email = status.account?.email?.text
                val unsent = status.outbox.unsent
                update { it.copy(choices = choices, band = bands.chosen, email = email ?: it.email, unsent = unsent) }
            }
        }
        doing { core.myName().let { name -> update { it.copy(name = name.orEmpty()) } } }
    }

    override fun choose(choices: Choices) = chosen.change(choices)

    override fun change(part: Part) = go.to(PartPlace(part))

    override fun export(format: Format, name: String) {
        val band = shown.band ?: return
        doing {
            val file = core.exportSongs(band.id, format)
            val (end, type) = if (format == Format.CSV) "csv" to "text/csv" else "cho" to "text/plain"
            outside.save("${name.replace(UNFIT, " ").trim().take(LONGEST)}.$end", type, file.text)
            if (file.shortened.isNotEmpty()) go.tell(Bar { it.settings.exportPartial(file.shortened.size.toLong()) })
        }
    }

    override fun askToSignOut() = update { it.copy(asksToSignOut = true, failure = null) }

    override fun stay() = update { it.copy(asksToSignOut = false) }

    override fun signOut(everywhere: Boolean) {
        stay()
        doing { core.signOut(everywhere) }
    }

    override fun back() = go.back()

    override fun failed(failure: RockOnException) = update { it.copy(failure = failure) }

    private companion object {
        /** What not every system takes in the name of a file. */
        val UNFIT = Regex("\\s*[\\p{Cntrl}/\\\\:*?\"<>|]+\\s*")
        const val LONGEST = 80
    }
}
