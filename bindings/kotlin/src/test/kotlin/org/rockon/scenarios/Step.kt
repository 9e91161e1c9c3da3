package org.rockon.scenarios

import org.rockon.Format
import org.rockon.Kind
import org.rockon.Role
import org.rockon.code
import org.rockon.server.parse
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** One story of `tests/scenarios`. */
internal class Scenario(
    val name: String,
    val patience: Duration,
    val steps: List<Map<String, Any?>>,
) {
    companion object {
        /** Where they are; the tests run in the module's directory. */
        val directory: Path = Path.of("../../tests/scenarios")

        /** The files of a directory, by name. */
        fun files(directory: Path): List<Path> =
            Files.list(directory).use { all -> all.filter { "$it".endsWith(".json") }.sorted().toList() }

        fun read(file: Path): Scenario {
            val members = Members(parse(file.readText()) as Map<*, *>)
            val patience = (members.numberOrNull("patience_ms") ?: 20_000).milliseconds
            val steps = members.list("steps").map { step -> (step as Map<*, *>).mapKeys { it.key as String } }
            return Scenario(members.text("name"), patience, steps).also { members.done() }
        }
    }
}

/** The members of a step, read strictly: one that nobody reads is an error. */
internal class Members(
    members: Map<*, *>,
) {
    private val left = members.mapKeysTo(LinkedHashMap()) { it.key as String }

    fun has(name: String): Boolean = name in left

    fun any(name: String): Any? {
        require(has(name)) { "no $name" }
        return left.remove(name)
    }

    fun textOrNull(name: String): String? = left.remove(name) as String?

    fun text(name: String): String = any(name) as String

    fun flagOrNull(name: String): Boolean? = left.remove(name) as Boolean?

    fun flag(name: String): Boolean = any(name) as Boolean

    fun numberOrNull(name: String): Long? = left.remove(name) as Long?

    fun number(name: String): Long = any(name) as Long

    fun list(name: String): List<*> = any(name) as List<*>

    fun texts(name: String): List<String> = list(name).map { it as String }

    fun textsOrNull(name: String): List<String>? = if (has(name)) texts(name) else null

    fun map(name: String): Map<String, Any?> = (any(name) as Map<*, *>).mapKeys { it.key as String }

    fun kind(): Kind = Kind.valueOf(text("kind").uppercase())

    /** Conflicts and refused edits are about songs unless they say otherwise. */
    fun kindOrSong(): Kind = textOrNull("kind")?.let { Kind.valueOf(it.uppercase()) } ?: Kind.SONG

    fun role(name: String): Role = role.getValue(text(name))

    fun format(): Format = Format.valueOf(text("format").uppercase())

    private val role = listOf(Role.Admin, Role.Member, Role.Viewer).associateBy { it.code }

    fun done() = require(left.isEmpty()) { "unknown: ${left.keys}" }
}
