package org.rockon.ui.conflict

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import org.rockon.Choice
import org.rockon.Conflict
import org.rockon.ConflictId
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.TextPart
import org.rockon.json
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Outside

/**
 * @property text what is typed: it begins with mine
 * @property isSettled somebody has chosen meanwhile: the text can still be copied
 * @property asksToDiscard leaving would lose what was typed: the question is open
 */
@Immutable
data class MergeState(
    val isLoaded: Boolean = false,
    val isSettled: Boolean = false,
    val kind: Kind = Kind.SONG,
    val field: String = "",
    val text: String = "",
    val theirs: String = "",
    val by: String? = null,
    val difference: List<TextPart> = emptyList(),
    val isBusy: Boolean = false,
    val asksToDiscard: Boolean = false,
    val failure: RockOnException? = null,
) {
    val canSave: Boolean get() = isLoaded && !isSettled && !isBusy
}

/** The editor of something made of both values. What was typed is kept with every letter, until it is saved or thrown away. */
class MergeModel(
    private val core: RockOn,
    private val id: ConflictId,
    private val kept: Kept,
    private val outside: Outside,
    scope: CoroutineScope,
    private val go: Go,
) : Model<MergeState>(MergeState(), scope),
    MergeActs {
    private val key = "merge.$id"

    init {
        doing { core.conflict(id).collect(::arrived) }
    }

    override fun type(text: String) {
        kept[key] = text
        update { it.copy(text = text, failure = null) }
    }

    /** What was chosen is told where one comes back to: the conflict is gone, so its place is too. */
    override fun save() {
        update { it.copy(isBusy = true, failure = null) }
        doing {
            core.resolve(id, Choice.Other(json(shown.text.ifBlank { null })))
            kept[key] = null
            go.back()
            go.back()
            go.tell(Bar { it.conflict.resolved })
        }
    }

    override fun copy() {
        outside.copy(shown.text)
        go.tell(Bar { it.app.copied })
    }

    override fun close() = if (kept[key] == null) go.back() else update { it.copy(asksToDiscard = true) }

    override fun stay() = update { it.copy(asksToDiscard = false) }

    override fun discard() {
        kept[key] = null
        go.back()
    }

    override fun failed(failure: RockOnException) = update { it.copy(isBusy = false, failure = failure) }

    private fun arrived(conflict: Conflict?) = update { state ->
        val what =
            conflict?.what ?: return@update state.copy(isLoaded = true, isSettled = true, text = kept[key] ?: state.text)
        val mine = valueWords(what.kind, what.field, what.mine).orEmpty()
        val theirs = valueWords(what.kind, what.field, what.theirs).orEmpty()
        state.copy(
            isLoaded = true,
            kind = what.kind,
            field = what.field,
            text = kept[key] ?: mine,
            theirs = theirs,
            by = what.byName,
            difference = difference(mine, theirs),
        )
    }
}
