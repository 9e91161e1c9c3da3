package org.rockon.ui.fields

import org.rockon.Json
import org.rockon.plain
import org.rockon.ui.clock
import org.rockon.ui.length
import org.rockon.ui.moment
import org.rockon.ui.money
import org.rockon.ui.texts.Texts
import kotlin.time.Instant

/** A column of a row that a person writes: what it takes, and what it is called. Screens and editors are lists of these. */
interface Column {
    val column: String
    val kind: FieldKind

    /** There is no row without it. */
    val isRequired: Boolean get() = false

    /** It shares a line with its neighbour. */
    val isShort: Boolean get() = kind.isShort

    /** Names begin with a capital letter. */
    val isName: Boolean get() = false

    /** A viewer of a band does not see it. */
    val isForMembers: Boolean get() = false

    /** What it can be, where there is a choice. */
    val options: List<String> get() = emptyList()

    /** Which rows it names, of [FieldKind.ONE] and [FieldKind.MANY]. */
    val named: Named? get() = null

    fun label(texts: Texts): String

    /** One of its [options] in words. */
    fun option(code: String, texts: Texts): String = code

    /** What is missing without it. */
    fun missing(texts: Texts): String = label(texts)
}

/** Its value as one reads it: where the phone's language has a part in it. */
internal fun Column.said(text: String, texts: Texts): String = when (kind) {
    FieldKind.CHOICE -> option(text, texts)
    FieldKind.MINUTES -> text.toLongOrNull()?.let { minutes(it, texts) } ?: text
    else -> text
}

private fun minutes(count: Long, texts: Texts): String = when {
    count < 60 -> texts.app.minutes(count)
    count % 60 == 0L -> texts.app.hours(count / 60)
    else -> texts.app.hoursMinutes(count / 60, count % 60)
}

/** A value of the column, as history has it; null for none. */
internal fun Column.words(value: Json): String? = when (val plain = value.plain) {
    null -> null
    is Long -> number(plain)
    is List<*> -> plain.joinToString().ifEmpty { null }
    is String -> word(plain)
    else -> plain.toString()
}

private fun Column.number(value: Long): String = when (kind) {
    FieldKind.LENGTH -> length(value)
    FieldKind.MONEY -> money(value)
    else -> "$value"
}

private fun Column.word(value: String): String? = when (kind) {
    FieldKind.MOMENT -> Instant.parseOrNull(value)?.let { moment(it) } ?: value
    FieldKind.TIME -> clock(value)
    else -> value.ifEmpty { null }
}
