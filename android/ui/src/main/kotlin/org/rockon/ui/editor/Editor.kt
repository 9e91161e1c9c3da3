package org.rockon.ui.editor

import androidx.compose.runtime.Immutable
import org.rockon.Draft
import org.rockon.RockOnException
import org.rockon.ui.editor.Wrong.What
import org.rockon.ui.fields.Choice
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.Form
import org.rockon.ui.fields.Row
import org.rockon.ui.fields.items
import org.rockon.ui.fields.wrong

/**
 * @property form what is edited
 * @property isNew the row is not there yet
 * @property isLoaded what the row is now is known
 * @property fields what can be written, in order
 * @property names what rows are called that a field names
 * @property picking rows are being chosen for a field
 * @property deleted somebody deleted the row meanwhile
 * @property asksToDiscard leaving would lose what was typed: the question is open
 */
@Immutable
data class EditorState(
    val form: Form,
    val isNew: Boolean,
    val isLoaded: Boolean = isNew,
    val fields: List<Field> = form.blank(isNew),
    val names: Map<String, String> = emptyMap(),
    val picking: Picking? = null,
    val deleted: Deleted? = null,
    val isBusy: Boolean = false,
    val asksToDiscard: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** Something was typed that is not saved. */
    val isTouched: Boolean get() = fields.any { it.isTouched }

    val canSave: Boolean get() = isTouched && !isBusy && deleted == null

    internal fun field(of: Column): Field = fields.first { it.of == of }

    fun with(of: Column, change: (Field) -> Field) = copy(fields = fields.map { if (it.of == of) change(it) else it })

    /** Where rows are named, their names; elsewhere the text. */
    internal fun shown(of: Column, text: String): String =
        if (of.named == null) text else text.items().mapNotNull(names::get).joinToString()
}

private fun Form.blank(isNew: Boolean) =
    columns.map { of -> (if (isNew) fresh[of] else null).orEmpty().let { Field(of, it, it) } }

/**
 * A field of the editor.
 *
 * @property base what it was when the person began to write in it
 * @property theirs what somebody made of it meanwhile; null when nobody did
 * @property wrong why it cannot be saved
 * @property options what it can be, where there is a choice
 */
@Immutable
data class Field(
    val of: Column,
    val text: String = "",
    val base: String = "",
    val theirs: Theirs? = null,
    val wrong: Wrong? = null,
    val options: List<String> = of.options,
) {
    val isTouched: Boolean get() = text != base

    /** The row has this value now: untouched fields follow it, touched ones show it beside. */
    internal fun arrived(row: Row, who: String?): Field {
        val (value, options) = row.text(of) to row.options(of)
        return when {
            !isTouched || text == value -> copy(text = value, base = value, theirs = null, options = options)
            value == base -> copy(theirs = null, options = options)
            else -> copy(theirs = Theirs(value, who), options = options)
        }
    }

    /** Theirs instead of mine. */
    internal fun taken(): Field = theirs?.let { copy(text = it.value, base = it.value, theirs = null, wrong = null) } ?: this

    /** One more or one less of many; another one of few, or none. */
    internal fun toggled(option: String): Field {
        val chosen = text.items()
        val isMany = of.kind == FieldKind.MANY || of.kind == FieldKind.TICKS
        val text =
            when {
                option !in chosen -> if (isMany) (chosen + option).joinToString("\n") else option
                isMany -> (chosen - option).joinToString("\n")
                else -> if (of.isRequired) option else ""
            }
        return copy(text = text, wrong = null)
    }
}

/** Rows to choose for a field, found by a search. */
@Immutable
data class Picking(val of: Column, val search: String = "", val choices: List<Choice> = emptyList())

/** Who deleted the row under the editor; null where nobody knows. */
@Immutable
data class Deleted(val by: String?)

/** Why a field cannot be saved: by its kind, or as the core refused it. */
@Immutable
data class Wrong(val what: What, val failure: RockOnException? = null) {
    enum class What { MISSING, NO_NUMBER, NO_LENGTH, REFUSED }
}

/** What somebody else wrote, and who. */
@Immutable
data class Theirs(val value: String, val who: String?)

/** The field with what is wrong with it, by its kind alone; the core judges the rest. */
internal fun Field.judged(): Field {
    val what = if (of.isRequired && text.isBlank()) What.MISSING else of.kind.wrong(text)
    return copy(wrong = what?.let { Wrong(it) })
}

/** What was touched, and all of a new row, as the core takes it. */
internal fun EditorState.draft(row: Row?): Draft = form.draft().also { draft ->
    fields.filter { it.isTouched || (isNew && it.text.isNotBlank()) }.forEach {
        draft[it.of.column] = form.value(it.of, it.text, row)
    }
}
