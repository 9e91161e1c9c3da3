package org.rockon.ui.editor

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.update
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Song
import org.rockon.Verb
import org.rockon.ui.Go
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.doing
import org.rockon.ui.song.SongField
import org.rockon.ui.songs.SongPlace

/** What is edited: a song that is there, or one to come. */
sealed interface Edited {
    data class Existing(
        val id: RowId,
    ) : Edited

    data class New(
        val scope: ScopeId,
    ) : Edited
}

/**
 * The editor of a song. What was typed is kept with every letter, until it is saved or thrown away on purpose.
 *
 * Never replaces what was typed: what arrives for a touched field is shown beside it.
 */
class EditorModel(
    private val core: RockOn,
    private val edited: Edited,
    private val kept: Kept,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val draft = KeptDraft(kept, edited)
    private val now = MutableStateFlow(draft.restore(EditorState(isNew = edited is Edited.New)))
    val state: StateFlow<EditorState> = now.asStateFlow()

    private var home: ScopeId? = (edited as? Edited.New)?.scope

    init {
        if (edited is Edited.Existing) scope.doing(::failed) { core.song(edited.id).collect { arrived(edited.id, it) } }
    }

    fun type(
        of: SongField,
        text: String,
    ) {
        now.update { state -> state.with(of) { it.copy(text = text, wrong = null) }.copy(failure = null) }
        draft.keep(now.value.field(of))
    }

    fun take(of: SongField) {
        now.update { state -> state.with(of) { it.taken() } }
        draft.keep(now.value.field(of))
    }

    fun save() {
        val judged = now.updated { state -> state.copy(fields = state.fields.map { it.judged() }) }
        if (!judged.canSave || judged.fields.any { it.wrong != null }) return
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing(::failed) {
            when (edited) {
                is Edited.New -> {
                    val song = core.add(edited.scope, judged.draft())
                    leave { go.instead(SongPlace(song)) }
                }

                is Edited.Existing -> {
                    core.change(edited.id, judged.draft())
                    leave(go::back)
                }
            }
        }
    }

    /** Out of the editor: at once when nothing would be lost. */
    fun close() = if (now.value.isTouched) now.update { it.copy(asksToDiscard = true) } else go.back()

    fun stay() = now.update { it.copy(asksToDiscard = false) }

    fun discard() = leave(go::back)

    /** The song that somebody deleted is there again, with what was typed. */
    fun bringBack() {
        val (id, scope) = (edited as? Edited.Existing)?.id to home
        if (id == null || scope == null) return
        this.scope.doing(::failed) {
            now.update { it.copy(isBusy = true, failure = null) }
            core.restore(scope, Kind.SONG, id)
            // It is here again when the server has answered.
            core.song(id).filterNotNull().first()
            core.change(id, now.value.draft())
            leave(go::back)
        }
    }

    private fun leave(away: () -> Unit) {
        draft.forget()
        away()
    }

    private suspend fun arrived(
        id: RowId,
        song: Song?,
    ) {
        if (song == null) return deleted(id)
        home = song.scope
        val others = now.value.fields.any { it.isTouched && it.of.of(song) != it.base }
        val who = if (others) core.lastChange(Kind.SONG, id)?.byName else null
        now.update { state ->
            state.copy(isLoaded = true, deleted = null, fields = state.fields.map { it.arrived(it.of.of(song), who) })
        }
    }

    private suspend fun deleted(id: RowId) {
        val who = core.history(Kind.SONG, id, limit = 1).firstOrNull { it.verb == Verb.DELETED }?.actorName
        now.update { it.copy(isLoaded = true, deleted = Deleted(who)) }
    }

    /** A refusal that names a field is shown at the field. */
    private fun failed(failure: RockOnException) =
        now.update { state ->
            val at = (failure as? RockOnException.Invalid)?.let { wrong -> SongField.entries.find { it.column == wrong.field } }
            val free = state.copy(isBusy = false)
            val refused = Wrong(Wrong.What.REFUSED, failure)
            if (at == null) free.copy(failure = failure) else free.with(at) { it.copy(wrong = refused) }
        }
}

private fun <T> MutableStateFlow<T>.updated(change: (T) -> T): T {
    update(change)
    return value
}

/** What was typed, beside what it was before, as long as it is not saved. */
internal class KeptDraft(
    private val kept: Kept,
    edited: Edited,
) {
    private val prefix =
        when (edited) {
            is Edited.Existing -> "edit.${edited.id}."
            is Edited.New -> "new.${edited.scope}."
        }

    fun keep(field: Field) {
        kept["$prefix${field.of.column}"] = field.text.takeIf { field.isTouched }
        kept["${prefix}base.${field.of.column}"] = field.base.takeIf { field.isTouched }
    }

    fun restore(state: EditorState): EditorState =
        state.copy(
            fields =
                state.fields.map { field ->
                    val text = kept["$prefix${field.of.column}"]
                    if (text ==
                        null
                    ) {
                        field
                    } else {
                        field.copy(text = text, base = kept["${prefix}base.${field.of.column}"].orEmpty())
                    }
                },
        )

    fun forget() = kept.clear(prefix)
}
