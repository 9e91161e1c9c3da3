package org.rockon.ui.editor

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Verb
import org.rockon.ui.Go
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Outside
import org.rockon.ui.fields.Choice
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.Form
import org.rockon.ui.fields.Row
import org.rockon.ui.fields.choices
import org.rockon.ui.fields.names
import org.rockon.ui.parts.doing

/** What is edited: a row that is there, or one to come. [part] keeps two editors of one row apart. */
sealed interface Edited {
    val part: String

    data class Existing(val id: RowId, override val part: String = "") : Edited

    data class New(val scope: ScopeId, override val part: String = "") : Edited
}

/**
 * The editor of a row, of whatever kind: its form says what can be written. What was typed is kept with every letter,
 * until it is saved or thrown away on purpose.
 *
 * Never replaces what was typed: what arrives for a touched field is shown beside it.
 */
class EditorModel(
    private val core: RockOn,
    private val form: Form,
    private val edited: Edited,
    kept: Kept,
    private val outside: Outside,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val draft = KeptDraft(kept, edited)
    private val now = MutableStateFlow(draft.restore(EditorState(form, isNew = edited is Edited.New)))
    val state: StateFlow<EditorState> = now.asStateFlow()

    private var home: ScopeId? = (edited as? Edited.New)?.scope
    private var row: Row? = null

    init {
        if (edited is Edited.Existing) scope.doing(::failed) { form.feed(core, edited.id).collect { arrived(edited.id, it) } }
        scope.doing(::failed) {
            val asked = now.map { state -> state.picking?.let { it.of to it.search } }
            asked.distinctUntilChanged().collectLatest { it?.let { (of, search) -> offer(of, search) } }
        }
    }

    fun type(of: Column, text: String) = write(of) { it.copy(text = text, wrong = null) }

    fun take(of: Column) = write(of) { it.taken() }

    /** One of what a field can be: chosen, or not any more. */
    fun toggle(of: Column, option: String) = write(of) { it.toggled(option) }

    /** Rows can be chosen for a field, until [picked]. */
    fun pick(of: Column) = now.update { it.copy(picking = Picking(of)) }

    fun search(text: String) = now.update { it.copy(picking = it.picking?.copy(search = text)) }

    fun choose(choice: Choice) {
        val of = now.value.picking?.of ?: return
        now.update { it.copy(names = it.names + (choice.id to choice.name)) }
        toggle(of, choice.id)
    }

    fun picked() = now.update { it.copy(picking = null) }

    fun save() {
        val judged = now.updated { state -> state.copy(fields = state.fields.map { it.judged() }) }
        if (!judged.canSave || judged.fields.any { it.wrong != null }) return
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing(::failed) {
            when (edited) {
                is Edited.New -> {
                    val added = core.add(edited.scope, judged.draft(null))
                    leave { go.instead(form.place(added)) }
                }

                is Edited.Existing -> {
                    form.save(core, edited.id, judged.draft(row))
                    leave(go::back)
                }
            }
        }
    }

    /** Out of the choice, or of the editor: at once when nothing would be lost. */
    fun close() = when {
        now.value.picking != null -> picked()
        now.value.isTouched -> now.update { it.copy(asksToDiscard = true) }
        else -> go.back()
    }

    fun stay() = now.update { it.copy(asksToDiscard = false) }

    fun discard() = leave(go::back)

    /** What was typed, for another app. */
    fun copy() = outside.copy(
        now.value.fields
            .filter { it.isTouched && !it.of.kind.isChosen }
            .joinToString("\n") { it.text },
    )

    /** The row that somebody deleted is there again, with what was typed. */
    fun bringBack() {
        val (id, scope) = (edited as? Edited.Existing)?.id to home
        if (id == null || scope == null) return
        this.scope.doing(::failed) {
            now.update { it.copy(isBusy = true, failure = null) }
            core.restore(scope, form.kind, id)
            // It is here again when the server has answered.
            val back = form.feed(core, id).filterNotNull().first()
            form.save(core, id, now.value.draft(back))
            leave(go::back)
        }
    }

    private fun write(of: Column, change: (Field) -> Field) {
        now.update { state -> state.with(of, change).copy(failure = null) }
        draft.keep(now.value.field(of))
    }

    private fun leave(away: () -> Unit) {
        draft.forget()
        away()
    }

    private suspend fun arrived(id: RowId, row: Row?) {
        if (row == null) return deleted(id)
        this.row = row
        home = row.scope
        val others = now.value.fields.any { it.isTouched && row.text(it.of) != it.base }
        val who = if (others) core.lastChange(form.kind, id)?.byName else null
        now.update { state ->
            state.copy(isLoaded = true, deleted = null, fields = state.fields.map { it.arrived(row, who) })
        }
        val names = row.names(core, form.columns)
        now.update { it.copy(names = names + it.names) }
    }

    private suspend fun deleted(id: RowId) {
        val who = core.history(form.kind, id, limit = 1).firstOrNull { it.verb == Verb.DELETED }?.actorName
        now.update { it.copy(isLoaded = true, deleted = Deleted(who)) }
    }

    private suspend fun offer(of: Column, search: String) {
        val (named, scope) = of.named to home
        if (named == null || scope == null) return
        named.choices(core, scope, search).collect { found ->
            now.update { it.copy(picking = it.picking?.copy(choices = found)) }
        }
    }

    /** A refusal that names a field is shown at the field. */
    private fun failed(failure: RockOnException) = now.update { state ->
        val at = (failure as? RockOnException.Invalid)?.let { wrong -> form.columns.find { it.column == wrong.field } }
        val free = state.copy(isBusy = false)
        val refused = Wrong(Wrong.What.REFUSED, failure)
        if (at == null) free.copy(failure = failure) else free.with(at) { it.copy(wrong = refused) }
    }
}

/** The screen of an editor: nothing comes over it, and the way back may have a question. */
internal fun editor(place: Place, form: Form, edited: Edited, of: Making): Screen {
    val model = EditorModel(of.core, form, edited, of.kept, of.device.outside, of.scope, of.go)
    return Screen(place, model, isQuiet = true, onBack = model::close) { EditorScreen(model) }
}

private fun <T> MutableStateFlow<T>.updated(change: (T) -> T): T {
    update(change)
    return value
}
