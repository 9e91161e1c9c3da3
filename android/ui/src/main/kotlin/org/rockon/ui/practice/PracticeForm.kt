package org.rockon.ui.practice

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import org.rockon.Attendee
import org.rockon.Json
import org.rockon.Kind
import org.rockon.Practice
import org.rockon.PracticeDraft
import org.rockon.PracticeStatus
import org.rockon.PractisedSong
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.practice
import org.rockon.ui.Place
import org.rockon.ui.detail.DetailForm
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.Form
import org.rockon.ui.fields.Row
import org.rockon.ui.fields.items
import org.rockon.ui.fields.value
import org.rockon.ui.texts.Texts

/** One practice. */
data class PracticePlace(val id: RowId) : Place {
    override val code = "practice/$id"
}

/** The editor of a practice. */
data class EditPracticePlace(val id: RowId) : Place {
    override val code = "practice/$id/edit"
}

/** The editor of a practice that is not there yet. */
data class NewPracticePlace(val scope: ScopeId) : Place {
    override val code = "new-practice/$scope"
}

/** What became of a practice. */
data class WrapUpPlace(val id: RowId) : Place {
    override val code = "practice/$id/wrap-up"
}

/** A practice: its screen and its editor. */
object PracticeForm : DetailForm {
    private val afterwards =
        setOf(PracticeField.START, PracticeField.END, PracticeField.REACHED, PracticeField.RATING, PracticeField.WRAP_UP)

    override val kind = Kind.PRACTICE
    override val columns = PracticeField.entries.filterNot(afterwards::contains)
    override val shown = PracticeField.entries
    override val fresh = mapOf<Column, String>(PracticeField.TYPE to "rehearsal")
    override val heading = PracticeField.TYPE
    override val at = PracticeField.DATE
    override val status = PracticeField.STATUS
    override val length = PracticeField.DURATION
    override val where = listOf(PracticeField.LOCATION)
    override val notes = PracticeField.NOTES
    override val goals = PracticeField.OBJECTIVES
    override val reached = PracticeField.REACHED

    override fun place(id: RowId): Place = PracticePlace(id)

    override fun edit(id: RowId): Place = EditPracticePlace(id)

    override fun wrapUp(id: RowId): Place = WrapUpPlace(id)

    override fun feed(core: RockOn, id: RowId): Flow<Row?> = core.practice(id).map { it?.row() }

    override fun draft() = PracticeDraft()

    override fun value(of: Column, text: String, row: Row?): Any? {
        if (of.kind != FieldKind.MANY) return of.kind.value(text)
        val there = row?.parts(of).orEmpty()
        // What has no id here cannot be chosen, and stays.
        return text.items().map { there[it] ?: part(of, it) } + there.filterKeys { it.startsWith('#') }.values
    }

    private fun part(of: Column, id: String): Any =
        if (of == PracticeField.SONGS) PractisedSong(song = RowId(id), raw = Json.Null) else Attendee(id, Json.Null)

    override fun thing(texts: Texts): String = texts.practice.thing

    override fun title(isNew: Boolean, texts: Texts): String = if (isNew) texts.practice.newTitle else texts.app.edit

    override fun gone(texts: Texts): String = texts.practice.gone

    override fun cancel(texts: Texts): String = texts.practice.cancelPractice
}

/** What became of a practice: it is over with that. */
object WrapUpForm : Form by PracticeForm {
    override val columns =
        listOf(PracticeField.REACHED, PracticeField.RATING, PracticeField.WRAP_UP, PracticeField.START, PracticeField.END)

    override fun draft() = practice { status = PracticeStatus.Completed }

    override fun value(of: Column, text: String, row: Row?): Any? =
        if (of == PracticeField.RATING) text.toLongOrNull() else PracticeForm.value(of, text, row)

    override fun title(isNew: Boolean, texts: Texts): String = texts.practice.wrapUp
}

private fun Practice.row() = Row(
    scope,
    unread,
    pending,
    options = { if (it == PracticeField.REACHED) objectives else it.options },
    parts = {
        when (it) {
            PracticeField.SONGS -> songs.mapIndexed { at, one -> (one.song?.value ?: "#$at") to one }.toMap()
            PracticeField.ATTENDEES -> attendees.mapIndexed { at, one -> (one.member ?: "#$at") to one }.toMap()
            else -> emptyMap()
        }
    },
) { (it as PracticeField).of(this) }
