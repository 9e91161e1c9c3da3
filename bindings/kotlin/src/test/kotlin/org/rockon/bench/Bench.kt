package org.rockon.bench

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.rockon.MemorySecrets
import org.rockon.RockOn
import org.rockon.Settings
import org.rockon.stage.PATIENCE
import org.rockon.stage.Stage
import org.rockon.stage.World
import org.rockon.temporary
import org.rockon.values
import java.util.concurrent.Executors
import kotlin.time.Duration
import kotlin.time.DurationUnit.MILLISECONDS
import kotlin.time.TimeSource.Monotonic

private const val ROWS = 10_000
private const val RUNS = 21

/**
 * Measures what a screen waits for; a JSON line each: `{"name": ..., "ms": ...}`, medians of [RUNS] where it says so.
 *
 * - `kotlin_open`: `open` of a client with 10,000 rows on the disk (median)
 * - `kotlin_first_list`: from there to the first list of 50 rows (median)
 * - `kotlin_diffs_to_flow`: from the return of the call that added 10,000 rows until a collector on the main thread has all
 * - `kotlin_add_and_see`: the same, from the beginning of that call
 * - `kotlin_main_longest_pause`: the longest time in which nothing else ran on the main thread meanwhile
 */
fun main() =
    runBlocking {
        Stage.world().use { world ->
            temporary { dir ->
                val secrets = MemorySecrets()
                val settings = Settings(world.url, world.anonKey, dir)
                diffs(settings, secrets, world)
                firstList(settings, secrets)
            }
        }
    }

private suspend fun firstList(
    settings: Settings,
    secrets: MemorySecrets,
) {
    val opens = ArrayList<Duration>()
    val lists = ArrayList<Duration>()
    repeat(RUNS) {
        val start = Monotonic.markNow()
        val core = RockOn.open(settings, secrets)
        opens += start.elapsedNow()
        val opened = Monotonic.markNow()
        check(core.songs(limit = 50).first().size == 50)
        lists += opened.elapsedNow()
        core.shutdown()
    }
    say("kotlin_open", opens.sorted()[RUNS / 2])
    say("kotlin_first_list", lists.sorted()[RUNS / 2])
}

/** Signs in, stays offline, adds the rows and leaves them on the disk. */
private suspend fun diffs(
    settings: Settings,
    secrets: MemorySecrets,
    world: World,
) {
    val main = Executors.newSingleThreadExecutor().asCoroutineDispatcher()
    withContext(main) {
        val core = RockOn.open(settings, secrets)
        core.signIn("eric@rock-on.test", world.password)
        check(core.syncOnce(PATIENCE).complete)
        core.setNetwork(false)
        val songs = (0 until ROWS).map { values("title" to "Song $it", "artist" to "Artist ${it % 100}", "key" to "A") }
        val before = core.songs(limit = 2 * ROWS).first().size
        val there = CompletableDeferred<Unit>()
        val collecting =
            launch {
                core.songs(limit = 2 * ROWS).onEach { there.complete(Unit) }.first { it.size == before + ROWS }
            }
        there.await()
        var longest = Duration.ZERO
        val ticking = ticker { longest = maxOf(longest, it) }
        val begun = Monotonic.markNow()
        core.addSongs(world.band, songs)
        val committed = Monotonic.markNow()
        collecting.join()
        say("kotlin_diffs_to_flow", committed.elapsedNow())
        say("kotlin_add_and_see", begun.elapsedNow())
        ticking.cancel()
        say("kotlin_main_longest_pause", longest)
        core.shutdown()
    }
    main.close()
}

private fun CoroutineScope.ticker(pause: (Duration) -> Unit) =
    launch {
        while (true) {
            val start = Monotonic.markNow()
            delay(1)
            pause(start.elapsedNow())
        }
    }

private fun say(
    name: String,
    took: Duration,
) = println("""{"name":"$name","ms":${took.toDouble(MILLISECONDS)}}""")
