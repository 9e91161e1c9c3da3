package org.rockon.ui.fields

import org.rockon.ui.cents
import org.rockon.ui.editor.Wrong
import org.rockon.ui.instant
import org.rockon.ui.seconds
import org.rockon.ui.timeOfDay

/** What a field takes. In an editor all of them are texts, so that each is kept and compared in one way. */
enum class FieldKind {
    /** A line. */
    LINE,

    /** Several lines. */
    TEXT,

    /** A whole number. */
    NUMBER,

    /** Minutes and seconds, as musicians write them. */
    LENGTH,

    /** Whole minutes. */
    MINUTES,

    /** An amount. */
    MONEY,

    /** A day and a time, as a local date and time in ISO. */
    MOMENT,

    /** A time of day, or words for it. */
    TIME,

    /** One of a few. */
    CHOICE,

    /** A list of texts, one a line. */
    LINES,

    /** Some of what another column lists, one a line. */
    TICKS,

    /** A row, by its id. */
    ONE,

    /** Rows, by their ids, one a line. */
    MANY,

    /** People, one a line. */
    PEOPLE,
    ;

    internal val isShort: Boolean get() = this in setOf(NUMBER, LENGTH, MINUTES, MONEY, TIME)

    /** It is chosen, not typed. */
    internal val isChosen: Boolean get() = this in setOf(MOMENT, CHOICE, TICKS, ONE, MANY)

    /** Its values say nothing to a person. */
    internal val isOpaque: Boolean get() = this in setOf(ONE, MANY, PEOPLE)
}

/** What was typed, as the core takes it: an empty field is no value. */
internal fun FieldKind.value(text: String): Any? {
    val typed = text.trim()
    return when (this) {
        FieldKind.NUMBER, FieldKind.MINUTES -> typed.toLongOrNull()
        FieldKind.LENGTH -> seconds(typed)
        FieldKind.MONEY -> cents(typed)
        FieldKind.MOMENT -> instant(typed)
        FieldKind.TIME -> timeOfDay(typed)?.toString() ?: typed.ifEmpty { null }
        FieldKind.TEXT -> text.ifBlank { null }
        FieldKind.LINE, FieldKind.CHOICE, FieldKind.ONE -> typed.ifEmpty { null }
        FieldKind.LINES, FieldKind.TICKS, FieldKind.MANY, FieldKind.PEOPLE -> text.items()
    }
}

/** Why a text is no value of this kind; the core judges the rest. */
internal fun FieldKind.wrong(text: String): Wrong.What? = when {
    text.isBlank() || value(text) != null -> null
    this == FieldKind.LENGTH -> Wrong.What.NO_LENGTH
    else -> Wrong.What.NO_NUMBER
}

/** The lines of a field that hold something. */
internal fun String.items(): List<String> = lines().filter { it.isNotBlank() }
