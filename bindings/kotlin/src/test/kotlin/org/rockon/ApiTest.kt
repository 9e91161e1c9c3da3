package org.rockon

import java.lang.reflect.Modifier
import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals

/** What apps can see. */
class ApiTest {
    private val generated: List<Class<*>> by lazy {
        val names = Generated.names
        val shown = names.filter { "FfiConverterType${it.replace("Exception", "Error")}" in names }
        shown.map { Class.forName("org.rockon.ffi.$it") }
    }

    /** What stays inside: handles, listeners, their steps, and what the adapter makes itself. A notice's steps are shown. */
    private fun inside(name: String): Boolean =
        name in setOf("Client", "Subscription", "ClientConfig", "LogSink", "SecretStore", "PlatformException") ||
            (listOf("Listener", "Step", "Query").any(name::endsWith) && name != "ListStep")

    private val aliases =
        Regex("""typealias \w+ = org\.rockon\.ffi\.([\w.]+)""")
            .findAll(Path.of("src/main/kotlin/org/rockon/Types.kt").readText())
            .map { it.groupValues[1] }
            .toSet()

    @Test
    fun `every value of the core has a name here, and every case of it`() {
        val values = generated.filterNot { inside(it.simpleName) }
        val cases =
            values.flatMap { of ->
                of.declaredClasses
                    .filter {
                        it.superclass == of &&
                            Modifier.isPublic(
                                it.modifiers,
                            )
                    }.map { "${of.simpleName}.${it.simpleName}" }
            }
        assertEquals((values.map { it.simpleName } + cases).toSet(), aliases)
    }

    @Test
    fun `no function shows an app a handle or a listener`() {
        val shown = listOf(Session::class, Feeds::class, Edits::class, Bands::class, Tools::class, RockOn::class)
        val types =
            shown.flatMap { it.java.methods.toList() }.flatMap { method ->
                (method.genericParameterTypes.toList() + method.genericReturnType).map { it.typeName }
            }
        val named =
            types.flatMap { type ->
                Regex("""org\.rockon\.ffi\.(\w+)""").findAll(type).map { it.groupValues[1] }.toList()
            }
        assertEquals(emptySet(), named.filter(::inside).toSet())
    }

    @Test
    fun `every property of a draft says what it is`() {
        val lines = Path.of("src/main/kotlin/org/rockon/Drafts.kt").readText().lines()
        val silent =
            lines.zipWithNext().filter { (above, line) -> " by Column(" in line && !above.trim().startsWith("/**") }
        assertEquals(emptyList(), silent.map { it.second.trim() })
    }
}
