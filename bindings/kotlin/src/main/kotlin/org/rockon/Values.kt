package org.rockon

import kotlinx.datetime.LocalDate
import kotlinx.datetime.LocalTime
import kotlin.time.Instant

/**
 * Column values by name, as in `values("title" to "Hello", "tempo" to 118, "notes" to null)`.
 *
 * @throws IllegalArgumentException for a value that [json] does not take.
 */
fun values(vararg columns: Pair<String, Any?>): Values = columns.associate { (name, value) -> name to json(value) }

/**
 * A Kotlin value as the value of a column: null, Boolean, whole and other numbers, String, ids, [Instant], [LocalDate] and
 * [LocalTime] (as their ISO texts), what rows have as a type of its own (statuses, times, contacts), lists and maps of these,
 * and [Json] itself.
 *
 * @throws IllegalArgumentException for anything else, and for a number that is infinite or none.
 */
fun json(value: Any?): Json =
    when (value) {
        null -> Json.Null
        is Json -> value
        is Boolean -> Json.Flag(value)
        is Long, is Int, is Short, is Byte -> Json.Whole((value as Number).toLong())
        is UInt -> Json.Whole(value.toLong())
        is Double, is Float -> real((value as Number).toDouble())
        is RowId -> Json.Text(value.value)
        is ScopeId -> Json.Text(value.value)
        is UserId -> Json.Text(value.value)
        is CharSequence, is Instant, is LocalDate, is LocalTime -> Json.Text(value.toString())
        is Iterable<*> -> Json.Array(value.map(::json))
        is Map<*, *> -> Json.Object(value.entries.associate { (name, of) -> name as String to json(of) })
        else -> typed(value) ?: throw IllegalArgumentException("no column holds a ${value::class.simpleName}")
    }

private fun real(number: Double): Json {
    require(number.isFinite()) { "no column holds an infinite number or none" }
    return Json.Real(number)
}

/** The value in Kotlin's own types: null, Boolean, Long, Double, String, List, Map. */
val Json.plain: Any?
    get() =
        when (this) {
            is Json.Null -> null
            is Json.Flag -> on
            is Json.Whole -> number
            is Json.Real -> number
            is Json.Text -> text
            is Json.Array -> items.map { it.plain }
            is Json.Object -> fields.mapValues { it.value.plain }
        }

/**
 * What a person typed and could not be saved: handed back, so that it is not lost. Printed, it shows how much it is only.
 *
 * @property values the edit: new values by column
 */
class Unsaved(
    val values: Values,
) {
    override fun equals(other: Any?): Boolean = other is Unsaved && other.values == values

    override fun hashCode(): Int = values.hashCode()

    override fun toString(): String = "Unsaved(${values.size} columns)"
}

/**
 * A person's e-mail address: for a screen. Printed, it shows stars.
 *
 * @property text the address
 */
class Address(
    val text: String,
) {
    override fun equals(other: Any?): Boolean = other is Address && other.text == text

    override fun hashCode(): Int = text.hashCode()

    override fun toString(): String = "***"
}

/**
 * A password, key or token. Printed, it shows stars; only [exposed] gives it away.
 *
 * @property exposed the text itself: never put it into a log
 */
class Secret(
    val exposed: String,
) {
    override fun equals(other: Any?): Boolean = other is Secret && other.exposed == exposed

    override fun hashCode(): Int = exposed.hashCode()

    override fun toString(): String = "***"
}
