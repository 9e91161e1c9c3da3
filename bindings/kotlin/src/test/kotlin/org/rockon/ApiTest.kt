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
    fun `every property of a draft says what it is`() {
        val lines = Path.of("src/main/kotlin/org/rockon/Drafts.kt").readText().lines()
        val silent =
            lines.zipWithNext().filter { (above, line) -> " by Column(" in line && !above.trim().startsWith("/**") }
        assertEquals(emptyList(), silent.map { it.second.trim() })
    }
}
