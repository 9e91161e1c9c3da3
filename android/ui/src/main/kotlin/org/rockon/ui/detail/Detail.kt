package org.rockon.ui.detail

import androidx.compose.runtime.Immutable
import org.rockon.Draft
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ui.Place
import org.rockon.ui.fields.Change
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.Fact
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.Form
import org.rockon.ui.fields.LastEdit
import org.rockon.ui.fields.Row
import org.rockon.ui.fields.items
import org.rockon.ui.texts.Texts
import org.rockon.ui.whenText

/** What the screen of something in the calendar knows besides its editor. */
interface DetailForm : Form {
    /** All that is shown. */
    val shown: List<Column> get() = columns

    /** What it is called, when it is, whether it takes place, how many minutes it takes, where it is, what is noted. */
    val heading: Column
    val at: Column
    val status: Column
    val length: Column
    val where: List<Column>
    val notes: Column

    /** What is to be reached, and what was. */
    val goals: Column? get() = null
    val reached: Column? get() = null

    /** The server knows who has looked at it. */
    val isSeen: Boolean get() = false

    fun edit(id: RowId): Place

    /** Where it is said what became of it. */
    fun wrapUp(id: RowId): Place? = null

    fun gone(texts: Texts): String

    fun cancel(texts: Texts): String
}

/** The edit that gives it another status. */
internal fun DetailForm.with(status: String): Draft = draft().also { it[this.status.column] = status }

/**
 * @property isLoaded it is known whether it is there
 * @property isGone it was there, and is not any more; or never was
 * @property title what it is called
 * @property at when it is
 * @property facts what else is known, in order; lists with an item a line, rows by their names
 * @property reached what was reached of what is to be
 * @property setlist the setlist that it links to
 * @property changes what is different since this member looked
 * @property seenBy who has looked at it
 * @property lastChange who changed it last, and when
 */
@Immutable
data class DetailState(
    val form: DetailForm,
    val isLoaded: Boolean = false,
    val isGone: Boolean = false,
    val title: Fact = Fact(form.heading, ""),
    val at: String? = null,
    val status: String? = null,
    val facts: List<Fact> = emptyList(),
    val reached: List<String> = emptyList(),
    val setlist: RowId? = null,
    val changes: List<Change> = emptyList(),
    val seenBy: List<String> = emptyList(),
    val lastChange: LastEdit? = null,
    val isUnsent: Boolean = false,
    val mayEdit: Boolean = false,
    val failure: RockOnException? = null,
) {
    val isCancelled: Boolean get() = status == CANCELLED

    internal fun fact(of: Column?): String? = facts.find { it.of == of }?.value

    /** Where it is, as a map is asked. */
    val where: String? get() =
        form.where
            .mapNotNull(::fact)
            .joinToString(", ")
            .ifEmpty { null }

    internal companion object {
        const val CANCELLED = "cancelled"
    }
}

internal fun DetailState.with(row: Row, names: Map<String, String>, mayEdit: Boolean): DetailState {
    val head = setOf(form.heading, form.at, form.status, form.reached)
    return copy(
        isLoaded = true,
        isGone = false,
        title = Fact(form.heading, row.text(form.heading)),
        at = whenText(row.text(form.at)),
        status = row.text(form.status).ifEmpty { null },
        facts = form.shown.filter { it !in head && (mayEdit || !it.isForMembers) }.mapNotNull { it.fact(row, names) },
        reached = form.reached?.let { row.text(it).items() }.orEmpty(),
        setlist = form.shown
            .find { it.kind == FieldKind.ONE }
            ?.let { row.text(it) }
            ?.ifEmpty { null }
            ?.let(::RowId),
        isUnsent = row.isUnsent,
        mayEdit = mayEdit,
        failure = null,
    )
}

/** Its value as the state holds it; null for none, and for rows that have no name here. */
private fun Column.fact(row: Row, names: Map<String, String>): Fact? {
    val text = row.text(this)
    val value =
        when {
            named != null -> text.items().mapNotNull(names::get).joinToString("\n")
            kind == FieldKind.MOMENT -> whenText(text).orEmpty()
            else -> text
        }
    return Fact(this, value).takeIf { value.isNotBlank() }
}
