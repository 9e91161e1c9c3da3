package org.rockon

import kotlinx.coroutines.runBlocking
import org.rockon.server.ScenarioServer
import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The example works as written. */
class ExampleTest {
    @Test
    fun `the lines of the README work`() =
        runBlocking<Unit> {
            ScenarioServer.world().use { world ->
                temporary { dir ->
                    val config = RockOnConfig(world.url, Secret(world.anonKey), dir)
                    assertEquals(listOf("Hello in A"), Example.addSong(config, MemorySecrets()))
                }
            }
        }

    @Test
    fun `the README has the lines that are run`() {
        val file = Path.of("src/test/kotlin/org/rockon/Example.kt").readText()
        val lines =
            file
                .substringAfter("// example: begin\n")
                .substringBefore("    // example: end")
                .trimIndent()
                .trim()
        assertTrue(lines in Path.of("README.md").readText(), "copy these lines into README.md:\n$lines")
    }
}
