package org.rockon

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.isRegularFile
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What apps can see. */
class ApiTest {
    /** What an app calls: its functions, as they are declared. */
    private val shown =
        listOf(
            Session::class,
            Credentials::class,
            Feeds::class,
            Edits::class,
            Setlists::class,
            Bands::class,
            Tools::class,
            RockOn::class,
        )

    @Test
    fun `no function shows an app a handle, or any type of the generated calls`() {
        val types =
            shown.flatMap { it.java.methods.toList() }.flatMap { method ->
                (method.genericParameterTypes.toList() + method.genericReturnType).map { it.typeName }
            }
        assertTrue(types.any { "org.rockon.Song" in it }, "$types")
        assertEquals(emptyList(), types.filter { "org.rockon.ffi" in it })
    }

    @Test
    fun `the core's values are in the package that apps import, and no name of it is an alias`() {
        val values = listOf(Song::class, Json.Text::class, RockOnException.Offline::class, LogLine::class, Notice::class)
        values.forEach { assertEquals("org.rockon", it.java.packageName) }
        val sources = Files.walk(Path.of("src/main/kotlin")).use { all -> all.filter { it.isRegularFile() }.toList() }
        assertEquals(emptyList(), sources.filter { "typealias" in it.readText() })
    }

    @Test
    fun `no class has the name of one that every Kotlin or Java file knows`() {
        val ours =
            Path
                .of(
                    Song::class.java.protectionDomain.codeSource.location
                        .toURI(),
                ).resolve("org/rockon")
        val names = Files.list(ours).use { all -> all.map { it.fileName.toString() }.toList() }
        val classes = names.filter { it.endsWith(".class") && '$' !in it }.map { it.removeSuffix(".class") }
        assertTrue("Song" in classes && "RockOnException" in classes, "$classes")
        val known = listOf("java.lang", "java.util", "java.io", "kotlin", "kotlin.collections", "kotlin.io")
        assertEquals(emptyList(), classes.filter { name -> known.any { isThere("$it.$name") } })
    }

    private fun isThere(name: String): Boolean =
        try {
            Class.forName(name, false, javaClass.classLoader)
            true
        } catch (_: ClassNotFoundException) {
            false
        }

    @Test
    fun `a secret is not printed, by its settings neither`() {
        assertEquals("***", "${Secret("planted")}")
        assertTrue("planted" !in "${RockOnConfig("https://example.org", Secret("planted"), Path.of("."))}")
    }

    @Test
    fun `no number of the core's values is unsigned`() {
        val types =
            listOf(OutboxCounts::class, Setlist::class, Invite::class, ImportPlan::class, SongQuery::class, ShortLine::class)
        val getters = types.flatMap { it.java.declaredMethods.toList() }.filter { it.name.startsWith("get") }
        assertTrue(getters.any { it.returnType == Long::class.java } && getters.any { it.returnType == Int::class.java })
        // Kotlin adds a hash to the names of those that are of an unsigned type, and of an id.
        val hashed = getters.filter { '-' in it.name && it.returnType.isPrimitive }
        assertEquals(emptyList(), hashed.map { it.name })
    }
}
