package org.rockon.ui.fields

import androidx.compose.runtime.Immutable
import org.rockon.Contact
import org.rockon.Json
import org.rockon.RowId

/** Somebody at the venue, as a field of an editor has them: [id] and four texts with tabs between them on a line. */
@Immutable
data class Person(val id: String, val name: String = "", val role: String = "", val phone: String = "", val email: String = "") {
    internal val line: String get() = listOf(id, name, role, phone, email).joinToString("\t") { it.replace(BREAK, " ") }

    internal val isBlank: Boolean get() = listOf(name, role, phone, email).all { it.isBlank() }

    internal companion object {
        private val BREAK = Regex("[\\t\\r\\n]")

        fun new() = Person(RowId.random().value)

        fun of(line: String): Person {
            val parts = line.split('\t')
            return Person(parts[0], parts.part(1), parts.part(2), parts.part(3), parts.part(4))
        }

        private fun List<String>.part(at: Int) = getOrNull(at).orEmpty()
    }
}

/** The people of a field. */
internal fun String.people(): List<Person> = items().map { Person.of(it) }

fun List<Person>.text(): String = joinToString("\n") { it.line }

/** People of a row by what they are called in the field: an old one without an id by its place. */
internal fun List<Contact>.byId(): Map<String, Contact> = mapIndexed { at, one -> (one.id ?: "#$at") to one }.toMap()

internal fun Map<String, Contact>.text(): String =
    map { (id, one) -> Person(id, one.name.orEmpty(), one.role.orEmpty(), one.phone.orEmpty(), one.email.orEmpty()) }.text()

/** What was typed, over what is there already. */
internal fun Person.contact(there: Contact?): Contact = (there ?: Contact(id = id, raw = Json.Null)).copy(
    name = name.trim().ifEmpty { null },
    role = role.trim().ifEmpty { null },
    phone = phone.trim().ifEmpty { null },
    email = email.trim().ifEmpty { null },
)
