package org.rockon.ui.editor

import androidx.compose.runtime.Immutable
import org.rockon.RockOnException
import org.rockon.SongDraft
import org.rockon.ui.editor.Wrong.What
import org.rockon.ui.seconds
import org.rockon.ui.song.FieldKind
import org.rockon.ui.song.SongField

/**
 * @property isNew the song is not there yet
 * @property isLoaded what the song is now is known
 * @property fields what can be written, in order
 * @property deleted somebody deleted the song meanwhile
 * @property asksToDiscard leaving would lose what was typed: the question is open
 */
@Immutable
data class EditorState(
    val isNew: Boolean,
    val isLoaded: Boolean = isNew,
    val fields: List<Field> = SongField.entries.map { Field(it) },
    val deleted: Deleted? = null,
    val isBusy: Boolean = false,
    val asksToDiscard: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** Something was typed that is not saved. */
    val isTouched: Boolean get() = fields.any { it.isTouched }

    val canSave: Boolean get() = isTouched && !isBusy && deleted == null

    internal fun field(of: SongField): Field = fields.first { it.of == of }

    internal fun with(
        of: SongField,
        change: (Field) -> Field,
    ) = copy(fields = fields.map { if (it.of == of) change(it) else it })
}

/**
 * A field of the editor.
 *
 * @property base what it was when the person began to write in it
 * @property theirs what somebody made of it meanwhile; null when nobody did
 * @property wrong why it cannot be saved
 */
@Immutable
data class Field(
    val of: SongField,
    val text: String = "",
    val base: String = "",
    val theirs: Theirs? = null,
    val wrong: Wrong? = null,
) {
    val isTouched: Boolean get() = text != base

    /** The song has this value now: untouched fields follow it, touched ones show it beside. */
    internal fun arrived(
        value: String,
        who: String?,
    ): Field =
        when {
            !isTouched || text == value -> copy(text = value, base = value, theirs = null)
            value == base -> copy(theirs = null)
            else -> copy(theirs = Theirs(value, who))
        }

    /** Theirs instead of mine. */
    internal fun taken(): Field = theirs?.let { copy(text = it.value, base = it.value, theirs = null, wrong = null) } ?: this
}

/** Who deleted the song under the editor; null where nobody knows. */
@Immutable
data class Deleted(
    val by: String?,
)

/** Why a field cannot be saved: by its kind, or as the core refused it. */
@Immutable
data class Wrong(
    val what: What,
    val failure: RockOnException? = null,
) {
    enum class What { NO_TITLE, NO_NUMBER, NO_LENGTH, REFUSED }
}

/** What somebody else wrote, and who. */
@Immutable
data class Theirs(
    val value: String,
    val who: String?,
)

/** The field with what is wrong with it, by its kind alone; the core judges the rest. */
internal fun Field.judged(): Field {
    val typed = text.trim()
    val wrong =
        when {
            of == SongField.TITLE && typed.isEmpty() -> What.NO_TITLE
            typed.isEmpty() -> null
            of.kind == FieldKind.NUMBER && typed.toLongOrNull() == null -> What.NO_NUMBER
            of.kind == FieldKind.LENGTH && seconds(typed) == null -> What.NO_LENGTH
            else -> null
        }
    return copy(wrong = wrong?.let { Wrong(it) })
}

/** What was touched, as the core takes it: an empty field is no value. */
internal fun EditorState.draft() =
    SongDraft().apply {
        fields.filter { it.isTouched }.forEach { field ->
            val typed = field.text.trim()
            this[field.of.column] =
                when (field.of.kind) {
                    FieldKind.NUMBER -> typed.toLongOrNull()
                    FieldKind.LENGTH -> seconds(typed)
                    FieldKind.LINE -> typed.ifEmpty { null }
                    FieldKind.TEXT -> field.text.ifBlank { null }
                }
        }
    }
