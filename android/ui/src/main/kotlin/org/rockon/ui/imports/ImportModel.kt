package org.rockon.ui.imports

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import org.rockon.ImportChoices
import org.rockon.ImportPlan
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.ScopeId
import org.rockon.SongChoice
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.device.Files
import org.rockon.ui.parts.doing

/** Songs from files. The core reads them into a plan, which is shown first; nothing is stored before that is asked for. */
class ImportModel(
    private val core: RockOn,
    private val band: ScopeId,
    private val files: Files,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(ImportState())
    val state: StateFlow<ImportState> = now.asStateFlow()

    private var plan: ImportPlan? = null

    fun choose() {
        scope.doing(::failed) {
            val chosen = files.choose().ifEmpty { return@doing }
            now.update { it.copy(isBusy = true, failure = null) }
            val read = core.planImport(band, chosen).also { plan = it }
            now.update { it.with(read) }
        }
    }

    /** What becomes of songs that are there already. */
    fun choose(choice: SongChoice) = now.update { it.copy(choice = choice) }

    fun run() {
        val planned = plan ?: return
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing(::failed) {
            val done = core.runImport(band, planned, ImportChoices(now.value.choice, emptyList()))
            go.back()
            go.tell(Bar { it.songs.importDone((done.added.size + done.updated).toLong()) })
        }
    }

    fun back() = go.back()

    private fun failed(failure: RockOnException) = now.update { it.copy(isBusy = false, failure = failure) }
}
