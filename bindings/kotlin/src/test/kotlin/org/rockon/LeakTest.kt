package org.rockon

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.parallel.Isolated
import org.rockon.ffi.uniffiContinuationHandleMap
import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** What is left of the process when much is over. It counts the whole process, so no other test may run beside it. */
@Isolated
class LeakTest {
    @Test
    fun `subscriptions leave no memory, no thread and no call behind`() =
        runBlocking<Unit> {
            // At rest the client waits in one call, for its status. Counted before it is there: it may be between two such calls.
            val calls = uniffiContinuationHandleMap.size + 1
            evening { _, phone ->
                // Nothing but the rounds is told anything.
                phone.network(false)
                val threads = threads()
                val round: suspend () -> Traces = {
                    repeat(ROUND) { phone.core.songs(limit = 50).first() }
                    withTimeout(20.seconds) {
                        while (uniffiContinuationHandleMap.size > calls) kotlinx.coroutines.yield()
                    }
                    Traces.taken()
                }
                // The machine compiles, loads and grows its heap at first.
                repeat(WARM) { round() }
                val first = Traces.least(List(HALF) { round() })
                val second = Traces.least(List(HALF) { round() })
                // Between the two are a thousand subscriptions. The least of some rounds is free of what comes and goes.
                assertTrue(second.heap <= first.heap + 1.mib, "heap: $first, then $second")
                assertTrue(second.resident <= first.resident + 16.mib, "resident: $first, then $second")
                assertEquals(emptyMap(), more(threads), "there were $threads")
            }
        }

    /**
     * The threads there are more of than [before], once those have ended that will. The core's pool for work that
     * blocks starts a thread whenever all it has are in a call, or not yet back from one, and keeps it while it finds
     * work now and then: how many it has in a round is chance. Ten seconds of rest end all of them, and none that leaked.
     */
    private suspend fun more(before: Map<String, Int>): Map<String, Int> {
        var more = threads().filter { (name, count) -> count > (before[name] ?: 0) }
        withTimeoutOrNull(40.seconds) {
            while (more.isNotEmpty()) {
                delay(50.milliseconds) // Nobody tells of a thread's end.
                more = threads().filter { (name, count) -> count > (before[name] ?: 0) }
            }
        }
        return more
    }

    /** How many there are of each name, but of those that the machine and the coroutines start as they like. */
    private fun threads(): Map<String, Int> =
        Files.list(Path.of("/proc/self/task")).use { all ->
            val names = all.toList().mapNotNull { runCatching { Files.readString(it.resolve("comm")) }.getOrNull() }
            val counted = names.filter { name -> THEIR_OWN.none { name.startsWith(it) } }
            counted.groupingBy { name -> name.trimEnd { !it.isLetter() } }.eachCount()
        }

    private data class Traces(
        val heap: Long,
        val resident: Long,
    ) {
        companion object {
            fun taken(): Traces {
                repeat(2) { System.gc() }
                val heap = Runtime.getRuntime().let { it.totalMemory() - it.freeMemory() }
                return Traces(heap, status("VmRSS") * 1024L)
            }

            fun least(of: List<Traces>) = Traces(of.minOf { it.heap }, of.minOf { it.resident })

            private fun status(name: String): Int {
                val line = Files.readAllLines(Path.of("/proc/self/status")).first { it.startsWith("$name:") }
                return line.filter { it.isDigit() }.toInt()
            }
        }
    }

    private companion object {
        const val ROUND = 250
        const val WARM = 4
        const val HALF = 4
        val Int.mib get() = this * 1024L * 1024

        /** Compilers, garbage collectors, the coroutines' pool, which grows to its limit of 64, and their timer. */
        val THEIR_OWN = listOf("C1 ", "C2 ", "G1 ", "GC ", "DefaultDispatch", "kotlinx.corouti")
    }
}
