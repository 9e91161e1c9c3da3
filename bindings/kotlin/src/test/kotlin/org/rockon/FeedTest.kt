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
import org.rockon.ffi.Batch
import org.rockon.ffi.BatchStep
import org.rockon.ffi.Items
import org.rockon.ffi.SubscriptionInterface
import org.rockon.server.PATIENCE
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Faults of feeds: told, and never the end. */
class FeedTest {
    private val full = RockOnException.Storage(StorageFailure.Full)
    private val one = listOf("one")

    /** The core of one feed, played by the test: what `next` gives, in order. */
    private class Played :
        SubscriptionInterface,
        AutoCloseable {
        private val batches = Channel<Result<Batch?>>(Channel.UNLIMITED)
        val lists = ArrayList<List<String>>()
        val isClosed = CompletableDeferred<Unit>()

        override suspend fun next(): Batch? = batches.receive().getOrThrow()

        override fun cancel() = end()

        override fun setLimit(limit: UInt) = Unit

        override fun close() {
            isClosed.complete(Unit)
        }

        /** The number of a list stands for its items, which a feed of songs would have. */
        fun shows(items: List<String>) {
            lists += items
            tell(Result.success(Batch(listOf(BatchStep.Reset(items.size.toUInt())), Items.Count(lists.lastIndex.toUInt()))))
        }

        fun faults(error: RockOnException) = tell(Result.failure(error))

        fun end() = tell(Result.success(null))

        private fun tell(batch: Result<Batch?>) {
            batches.trySend(batch)
        }
    }

    /** A feed whose core the test plays, once somebody collects. */
    private suspend fun feed(play: suspend CoroutineScope.(Feed<List<String>>, CompletableDeferred<Played>) -> Unit) {
        val core = Played()
        val opened = CompletableDeferred<Played>()
        val feed =
            Flows(Job()).list(open = { core.also { opened.complete(it) } }) { items ->
                core.lists[(items as Items.Count).value.toInt()]
            }
        withTimeout(PATIENCE) {
            coroutineScope { play(feed, opened) }
            core.isClosed.await()
        }
    }

    @Test
    fun `a failure is told with the last list beside it, until the list is read again`() =
        runBlocking<Unit> {
            feed { feed, told ->
                val sharing = Job()
                val states = feed.states.stateIn(this + sharing, SharingStarted.Eagerly, FeedState())
                val core = told.await()
                core.faults(full)
                assertEquals(FeedState(null, false, full), states.first { it.failure != null })
                core.shows(one)
                assertEquals(FeedState(one, true, null), states.first { it.isLoaded })
                core.faults(full)
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
                core.faults(full)
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
                core.faults(full)
                held.complete(Unit)
                core.end()
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
        rows.take(
            listOf(BatchStep.Reset(2u), BatchStep.Insert(2u), BatchStep.Update(0u), BatchStep.Remove(1u)),
            listOf(1, 2, 3, 9),
        )
        rows.take(listOf(BatchStep.Remove(7u), BatchStep.Update(2u), BatchStep.Insert(UInt.MAX_VALUE)), listOf(0, 0))
        assertEquals(listOf(9, 3), rows.now())
    }
}
