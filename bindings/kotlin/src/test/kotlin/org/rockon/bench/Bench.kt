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
import org.rockon.RockOnConfig
import org.rockon.ScopeId
import org.rockon.Secret
import org.rockon.song
import java.nio.file.Path
import java.util.concurrent.Executors
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.time.Duration
import kotlin.time.DurationUnit.MILLISECONDS
import kotlin.time.TimeSource.Monotonic

private const val ROWS = 10_000
private const val RUNS = 21
private const val ALL = 30_000

/**
 * Measures what a screen waits for, in the folder that `cargo xtask bench` has made and names: a session, a band, and
 * files with 10,000 rows. A line of JSON for each figure: `{"name": ..., "ms": ...}`.
 *
 * - `very_first`: from `open` to the first list of 50 rows, with nothing of this process loaded yet
 * - `open`, `first_list`, `open_and_list`: `open`, from there to the first list, and both: medians of [RUNS]
 * - `add_and_see`: from the call that adds 10,000 songs until a collector on the main thread has all
 * - `after_commit`: the part of it after the call has come back
 * - `longest_pause`: the longest time in which nothing else ran on the main thread meanwhile
 */
fun main(arguments: Array<String>) =
    runBlocking {
        val folder = Path.of(arguments.single())
        firstLists(folder)
        diffs(folder)
    }

/** A client of nowhere: nothing listens on port 9. */
private suspend fun open(
    folder: Path,
    files: String,
): RockOn {
    val secrets = MemorySecrets()
    folder.resolve("secrets").readLines().forEach { secrets.write(it.substringBefore(' '), Secret(it.substringAfter(' '))) }
    return RockOn.open(RockOnConfig("http://127.0.0.1:9", Secret("e30.e30.e30"), folder.resolve(files)), secrets)
}

private suspend fun firstLists(folder: Path) {
    val opens = ArrayList<Duration>()
    val lists = ArrayList<Duration>()
    val both = ArrayList<Duration>()
    repeat(1 + RUNS) {
        val start = Monotonic.markNow()
        val core = open(folder, "rows")
        opens += start.elapsedNow()
        check(core.songs(limit = 50).first().size == 50)
        both += start.elapsedNow()
        lists += both.last() - opens.last()
        core.shutdown()
    }
    say("very_first", both.first())
    say("open", opens.median())
    say("first_list", lists.median())
    say("open_and_list", both.median())
}

private fun List<Duration>.median() = drop(1).sorted()[RUNS / 2]

private suspend fun diffs(folder: Path) {
    val band = ScopeId(folder.resolve("band").readText())
    val main = Executors.newSingleThreadExecutor().asCoroutineDispatcher()
    withContext(main) {
        val core = open(folder, "kotlin")
        val songs = (0 until ROWS).map { song { title = "Added $it"; artist = "The Examples"; key = "A" } }
        val before = core.songs(limit = ALL).first().size
        val there = CompletableDeferred<Unit>()
        val collecting =
            launch {
                core.songs(limit = ALL).onEach { there.complete(Unit) }.first { it.size == before + ROWS }
            }
        there.await()
        var longest = Duration.ZERO
        val ticking = ticker { longest = maxOf(longest, it) }
        val begun = Monotonic.markNow()
        core.addSongs(band, songs)
        val committed = Monotonic.markNow()
        collecting.join()
        say("add_and_see", begun.elapsedNow())
        say("after_commit", committed.elapsedNow())
        ticking.cancel()
        say("longest_pause", longest)
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
