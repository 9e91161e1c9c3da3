package org.rockon.scenarios

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.parallel.Execution
import org.junit.jupiter.api.parallel.ExecutionMode
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption.APPEND
import java.nio.file.StandardOpenOption.CREATE
import kotlin.io.path.nameWithoutExtension
import kotlin.test.assertEquals

/** Plays every file of `tests/scenarios` over the adapter's public API. */
@Execution(ExecutionMode.CONCURRENT)
class ScenarioTest {
    @TestFactory
    fun `a scenario comes to its end`(): List<DynamicTest> =
        Scenario.files(Scenario.directory).map { file ->
            dynamicTest(file.nameWithoutExtension) {
                logged(file.nameWithoutExtension) { runBlocking { ScenarioRun.play(Scenario.read(file)) } }
            }
        }

    @TestFactory
    fun `a scenario with an untrue expectation fails there`(): List<DynamicTest> =
        Scenario.files(Scenario.directory.resolve("wrong")).map { file ->
            dynamicTest("wrong/${file.nameWithoutExtension}") {
                val scenario = Scenario.read(file)
                val failure = assertThrows<Failure> { runBlocking { ScenarioRun.play(scenario) } }
                assertEquals(scenario.steps.lastIndex, failure.step, failure.message)
            }
        }

    /** A line for the table of scenarios, if one is wanted. */
    private fun logged(
        name: String,
        play: () -> Unit,
    ) {
        val result = runCatching(play)
        System.getenv("ROCKON_SCENARIO_LOG")?.let { log ->
            val line = "kotlin $name ${if (result.isSuccess) "ok" else "failed"}\n"
            Files.writeString(Path.of(log), line, CREATE, APPEND)
        }
        result.getOrThrow()
    }
}
