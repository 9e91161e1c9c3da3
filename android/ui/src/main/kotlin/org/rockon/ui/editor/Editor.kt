package org.rockon.ui.editor

import androidx.compose.runtime.Immutable
import org.rockon.SongDraft
import org.rockon.ui.Texts
import org.rockon.ui.seconds
import org.rockon.ui.song.FieldKind
import org.rockon.ui.song.SongField

/**
 * @property isNew the song is not there yet
 * @property isLoaded what the song is now is known
 * @property fields what can be written, in order
 * @property deleted somebody deleted the song meanwhile: who, in words
 * @property asksToDiscard leaving would lose what was typed: the question is open
 */
@Immutable
data class EditorState(
    val isNew: Boolean,
    val isLoaded: Boolean = isNew,
    val fields: List<Field> = SongField.entries.map { Field(it) },
    val deleted: String? = null,
    val isBusy: Boolean = false,
    val asksToDiscard: Boolean = false,
    val failure: String? = null,
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
    val wrong: String? = null,
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
            of == SongField.TITLE && typed.isEmpty() -> Texts.NEEDS_TITLE
            typed.isEmpty() -> null
            of.kind == FieldKind.NUMBER && typed.toLongOrNull() == null -> Texts.NEEDS_NUMBER
            of.kind == FieldKind.LENGTH && seconds(typed) == null -> Texts.NEEDS_LENGTH
            else -> null
        }
    return copy(wrong = wrong)
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
