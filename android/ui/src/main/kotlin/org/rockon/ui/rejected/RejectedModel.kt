package org.rockon.ui.rejected

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import org.rockon.EditId
import org.rockon.RejectedEdit
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.bands.Bands
import org.rockon.ui.device.Outside
import org.rockon.ui.moment
import org.rockon.ui.parts.doing
import org.rockon.ui.texts.Texts

/** One edit that the server refused. Nothing of it is lost until the person gives it up. */
class RejectedModel(
    private val core: RockOn,
    private val id: EditId,
    bands: Bands,
    private val outside: Outside,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(RejectedState())
    val state: StateFlow<RejectedState> = now.asStateFlow()

    init {
        scope.doing(::failed) {
            combine(core.rejectedEdits(), bands.state) { edits, bands ->
                val edit = edits.find { it.id == id }
                edit to (bands.all.find { it.id == edit?.scope }?.mayEdit == false)
            }.collect { (edit, isViewer) -> arrived(edit, isViewer) }
        }
    }

    fun tryAgain() = end({ core.retry(id) }) { it.rejected.sentAgain }

    fun copy(text: String) {
        outside.copy(text)
        go.tell(Bar { it.app.copied })
    }

    fun askToDiscard() = now.update { it.copy(asksToDiscard = true) }

    fun stay() = now.update { it.copy(asksToDiscard = false) }

    fun discard() {
        stay()
        end({ core.discard(id) }) { it.rejected.discarded }
    }

    fun back() = go.back()

    private fun end(act: suspend () -> Unit, told: (Texts) -> String) {
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing(::failed) {
            act()
            go.back()
            go.tell(Bar(words = told))
        }
    }

    private suspend fun arrived(edit: RejectedEdit?, isViewer: Boolean) {
        if (edit == null) return now.update { it.copy(isSettled = true) }
        edit.notice?.let { core.seeNotice(it) }
        val row = core.row(edit.kind, edit.row)
        now.update {
            it.copy(
                edit = edit,
                at = moment(edit.at),
                tried = edit.tried(row),
                isGone = row == null,
                isViewer = isViewer,
            )
        }
    }

    private fun failed(failure: RockOnException) = now.update { it.copy(isBusy = false, failure = failure) }
}
