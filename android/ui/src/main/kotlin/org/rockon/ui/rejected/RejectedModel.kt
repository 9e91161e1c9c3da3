package org.rockon.ui.rejected

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.combine
import org.rockon.EditId
import org.rockon.RejectedEdit
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.device.Outside
import org.rockon.ui.moment
import org.rockon.ui.texts.Texts

/** One edit that the server refused. Nothing of it is lost until the person gives it up. */
class RejectedModel(
    private val core: RockOn,
    private val id: EditId,
    bands: Bands,
    private val outside: Outside,
    scope: CoroutineScope,
    private val go: Go,
) : Model<RejectedState>(RejectedState(), scope),
    RejectedActs {
    init {
        doing { combine(core.rejectedEdits(), bands.state, ::Pair).collect { (edits, bands) -> arrived(edits, bands) } }
    }

    override fun tryAgain() = end({ core.retry(id) }) { it.rejected.sentAgain }

    override fun copy(text: String) {
        outside.copy(text)
        go.tell(Bar { it.app.copied })
    }

    override fun askToDiscard() = update { it.copy(asksToDiscard = true) }

    override fun stay() = update { it.copy(asksToDiscard = false) }

    override fun discard() {
        stay()
        end({ core.discard(id) }) { it.rejected.discarded }
    }

    override fun back() = go.back()

    override fun failed(failure: RockOnException) = update { it.copy(isBusy = false, failure = failure) }

    private fun end(act: suspend () -> Unit, told: (Texts) -> String) {
        update { it.copy(isBusy = true, failure = null) }
        doing {
            act()
            go.back()
            go.tell(Bar(words = told))
        }
    }

    private suspend fun arrived(edits: List<RejectedEdit>, bands: BandsState) {
        val edit = edits.find { it.id == id } ?: return update { it.copy(isSettled = true) }
        edit.notice?.let { core.seeNotice(it) }
        val row = core.row(edit.kind, edit.row)
        val isViewer = bands.all.find { it.id == edit.scope }?.mayEdit == false
        update {
            it.copy(edit = edit, at = moment(edit.at), tried = edit.tried(row), isGone = row == null, isViewer = isViewer)
        }
    }
}
