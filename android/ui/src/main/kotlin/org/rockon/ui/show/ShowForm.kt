package org.rockon.ui.show

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import org.rockon.Contact
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Show
import org.rockon.ShowDraft
import org.rockon.code
import org.rockon.text
import org.rockon.ui.Place
import org.rockon.ui.clock
import org.rockon.ui.detail.DetailForm
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.Named
import org.rockon.ui.fields.Row
import org.rockon.ui.fields.byId
import org.rockon.ui.fields.contact
import org.rockon.ui.fields.people
import org.rockon.ui.fields.text
import org.rockon.ui.local
import org.rockon.ui.money
import org.rockon.ui.texts.Texts

/** One show. */
data class ShowPlace(val id: RowId) : Place {
    override val code = "show/$id"
}

/** The editor of a show. */
data class EditShowPlace(val id: RowId) : Place {
    override val code = "show/$id/edit"
}

/** The editor of a show that is not there yet. */
data class NewShowPlace(val scope: ScopeId) : Place {
    override val code = "new-show/$scope"
}

/** A column of a show that a person writes, in the order in which the editor has them. */
enum class ShowField(override val column: String, override val kind: FieldKind) : Column {
    NAME("name", FieldKind.LINE),
    DATE("scheduled_date", FieldKind.MOMENT),
    STATUS("status", FieldKind.CHOICE),
    VENUE("venue", FieldKind.LINE),
    LOCATION("location", FieldKind.LINE),
    LOAD_IN("load_in_time", FieldKind.TIME),
    SOUNDCHECK("soundcheck_time", FieldKind.TIME),
    SET("set_time", FieldKind.TIME),
    END("end_time", FieldKind.TIME),
    DURATION("duration", FieldKind.MINUTES),
    PAY("payment", FieldKind.MONEY),
    GIG_TYPE("gig_type", FieldKind.LINE),
    SETLIST("setlist_id", FieldKind.ONE),
    CONTACTS("contacts", FieldKind.PEOPLE),
    NOTES("notes", FieldKind.TEXT),
    ;

    override val isRequired get() = this == NAME || this == DATE
    override val isName get() = this == NAME || this == VENUE
    override val isForMembers get() = this == PAY
    override val options get() = if (this == STATUS) listOf("scheduled", "confirmed", "completed", "cancelled") else emptyList()
    override val named get() = if (this == SETLIST) Named.SETLIST else null

    /** The value of a show as one writes it. */
    internal fun of(show: Show): String = when (this) {
        NAME -> show.name
        DATE -> show.scheduledDate?.let { local(it).toString() }
        STATUS -> show.status?.code
        VENUE -> show.venue
        LOCATION -> show.location
        LOAD_IN -> show.loadInTime?.let { clock(it.text) }
        SOUNDCHECK -> show.soundcheckTime?.let { clock(it.text) }
        SET -> show.setTime?.let { clock(it.text) }
        END -> show.endTime?.let { clock(it.text) }
        DURATION -> show.duration?.toString()
        PAY -> show.payment?.let { money(it) }
        GIG_TYPE -> show.gigType
        SETLIST -> show.setlist?.value
        CONTACTS -> show.contacts.byId().text()
        NOTES -> show.notes
    }.orEmpty()

    override fun label(texts: Texts): String = when (this) {
        NAME -> texts.show.name
        DATE -> texts.show.date
        STATUS -> texts.show.status
        VENUE -> texts.show.venue
        LOCATION -> texts.show.address
        LOAD_IN -> texts.show.loadIn
        SOUNDCHECK -> texts.show.soundcheck
        SET -> texts.show.setTime
        END -> texts.show.end
        DURATION -> texts.show.duration
        PAY -> texts.show.pay
        GIG_TYPE -> texts.show.gigType
        SETLIST -> texts.show.setlist
        CONTACTS -> texts.show.contacts
        NOTES -> texts.show.notes
    }

    override fun option(code: String, texts: Texts): String = when (code) {
        "scheduled" -> texts.show.scheduled
        "confirmed" -> texts.show.confirmed
        "completed" -> texts.show.completed
        "cancelled" -> texts.calendar.cancelled
        else -> code
    }

    override fun missing(texts: Texts): String = if (this == DATE) texts.show.dateMissing else texts.show.nameMissing
}

/** A show: its screen and its editor. */
object ShowForm : DetailForm {
    override val kind = Kind.SHOW
    override val columns = ShowField.entries
    override val heading = ShowField.NAME
    override val at = ShowField.DATE
    override val status = ShowField.STATUS
    override val length = ShowField.DURATION
    override val where = listOf(ShowField.VENUE, ShowField.LOCATION)
    override val notes = ShowField.NOTES
    override val isSeen = true

    override fun place(id: RowId): Place = ShowPlace(id)

    override fun edit(id: RowId): Place = EditShowPlace(id)

    override fun feed(core: RockOn, id: RowId): Flow<Row?> = core.show(id).map { it?.row() }

    override fun draft() = ShowDraft()

    override fun value(of: Column, text: String, row: Row?): Any? {
        if (of != ShowField.CONTACTS) return super.value(of, text, row)
        val there = row?.parts(of).orEmpty()
        return text.people().filterNot { it.isBlank }.map { it.contact(there[it.id] as? Contact) }
    }

    override fun thing(texts: Texts): String = texts.show.thing

    override fun title(isNew: Boolean, texts: Texts): String = if (isNew) texts.show.newTitle else texts.app.edit

    override fun gone(texts: Texts): String = texts.show.gone

    override fun cancel(texts: Texts): String = texts.show.cancelShow
}

private fun Show.row() = Row(
    scope,
    unread,
    pending,
    parts = { if (it == ShowField.CONTACTS) contacts.byId() else emptyMap() },
) { (it as ShowField).of(this) }
