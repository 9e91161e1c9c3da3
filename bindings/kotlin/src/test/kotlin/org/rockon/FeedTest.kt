package org.rockon

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.plus
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.rockon.ffi.Client
import org.rockon.ffi.ClientConfig
import org.rockon.ffi.SongStep
import org.rockon.server.PATIENCE
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Faults of feeds: told, and never the end. */
class FeedTest {
    private val full = StorageException(DiskFull)
    private val one = listOf("one")

    /** A feed whose listener the test plays the core for, and that listener once somebody collects. */
    private suspend fun feed(play: suspend CoroutineScope.(Feed<List<String>>, CompletableDeferred<ListSink<String>>) -> Unit) =
        temporary { dir ->
            val config = ClientConfig("http://127.0.0.1:9", "sb_publishable_key", "$dir", "")
            Client.open(config, ForeignSecrets(MemorySecrets())).use { client ->
                val told = CompletableDeferred<ListSink<String>>()
                val feed =
                    Flows(Job()).list<String> {
                        told.complete(it)
                        client.observeStatus(StatusTo(Sink(Channel(Channel.CONFLATED))))
                    }
                withTimeout(PATIENCE) { coroutineScope { play(feed, told) } }
                client.shutdown()
            }
        }

    private fun ListSink<String>.shows(items: List<String>) = steps(listOf(items)) { reset(it) }

    @Test
    fun `a failure is told with the last list beside it, until the list is read again`() =
        runBlocking<Unit> {
            feed { feed, told ->
                val sharing = Job()
                val states = feed.states.stateIn(this + sharing, SharingStarted.Eagerly, FeedState())
                val core = told.await()
                core.onFailure(full)
                assertEquals(FeedState(null, false, full), states.first { it.failure != null })
                core.shows(one)
                assertEquals(FeedState(one, true, null), states.first { it.isLoaded })
                core.onFailure(full)
                assertEquals(FeedState(one, true, full), states.first { it.failure != null })
                core.shows(emptyList())
                assertEquals(FeedState(emptyList(), true, null), states.first { it.failure == null })
                sharing.cancel()
            }
        }

    @Test
    fun `a state flow of values lives on after a failure`() =
        runBlocking<Unit> {
            feed { feed, told ->
                val sharing = Job()
                val shown = feed.stateIn(this + sharing, SharingStarted.Eagerly, emptyList())
                val core = told.await()
                core.shows(one)
                shown.first { it == one }
                core.onFailure(full)
                core.shows(listOf("one", "two"))
                shown.first { it.size == 2 }
                assertTrue(sharing.isActive)
                sharing.cancel()
            }
        }

    @Test
    fun `a value that a failure overtakes still comes, once`() =
        runBlocking<Unit> {
            feed { feed, told ->
                val seen = ArrayList<List<String>>()
                val held = CompletableDeferred<Unit>()
                val first = CompletableDeferred<Unit>()
                val collecting =
                    launch {
                        feed
                            .onEach {
                                seen += it
                                first.complete(Unit)
                                held.await()
                            }.toList()
                    }
                val core = told.await()
                core.shows(emptyList())
                first.await()
                core.shows(one)
                core.onFailure(full)
                held.complete(Unit)
                core.onEnd()
                collecting.join()
                assertEquals(listOf(emptyList(), one), seen)
            }
        }

    @Test
    fun `a null that was read is a value`() =
        runBlocking<Unit> {
            assertEquals(listOf(null, 1), Feed.of(flowOf(null, 1)).toList())
            assertEquals(emptyList(), Feed(flowOf(FeedState<Int>(failure = full))).toList())
            assertEquals(emptyList(), Feed.of(emptyFlow<Int>()).toList())
        }

    @Test
    fun `a step that does not fit its list does nothing`() {
        val rows = Rows<Int>()
        rows.reset(listOf(1, 2))
        rows.insert(2u, 3)
        rows.update(0u, 9)
        rows.remove(1u)
        rows.remove(7u)
        rows.update(2u, 0)
        rows.insert(UInt.MAX_VALUE, 0)
        assertEquals(listOf(9, 3), rows.now())
    }
}
