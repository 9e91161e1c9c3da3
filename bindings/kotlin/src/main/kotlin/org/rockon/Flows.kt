package org.rockon

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.SendChannel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.launch
import org.rockon.ffi.Subscription

/**
 * Feeds of the core as flows that end with the client.
 *
 * Steps are applied to the list by the thread that brings them, in order and one at a time; what waits for a collector is
 * the newest whole list. So nothing a step said can be lost, and a collector that stands still costs one list.
 */
internal class Flows(
    private val client: Job,
) {
    fun <T> list(
        limits: Flow<Int> = emptyFlow(),
        open: (ListSink<T>) -> Subscription,
    ): Feed<List<T>> = Feed(states(limits) { open(ListSink(it)) })

    fun <T> value(open: (Sink<T>) -> Subscription): Feed<T> = Feed(states(emptyFlow()) { open(Sink(it)) })

    private fun <T> states(
        limits: Flow<Int>,
        open: (SendChannel<FeedState<T>>) -> Subscription,
    ): Flow<FeedState<T>> =
        callbackFlow {
            val subscription = guarded { open(channel) }
            val closing = client.invokeOnCompletion { channel.close() }
            val growing = launch { limits.collect { subscription.setLimit(limit(it)) } }
            awaitClose {
                closing.dispose()
                growing.cancel()
                subscription.cancel()
                subscription.close()
            }
        }.buffer(Channel.CONFLATED).flowOn(Dispatchers.IO)
}

/** What every listener can be told besides a value. */
internal interface Ends {
    fun onFailure(error: RockOnException)

    fun onEnd()
}

/** The way of one value to its feed. What waits there is one state, so it holds the last value even when a failure came after it. */
internal open class Sink<T>(
    private val channel: SendChannel<FeedState<T>>,
) : Ends {
    private var state = FeedState<T>()

    fun onValue(value: T) = put(FeedState(value, isLoaded = true))

    override fun onFailure(error: RockOnException) = put(state.copy(failure = error))

    override fun onEnd() {
        channel.close()
    }

    /** Never waits and never fails: the channel is conflated, and a closed one is nobody's. */
    private fun put(next: FeedState<T>) {
        state = next
        channel.trySend(next)
    }
}

/** The way of a list's steps to its feed. */
internal class ListSink<T>(
    channel: SendChannel<FeedState<List<T>>>,
) : Sink<List<T>>(channel) {
    private val rows = Rows<T>()

    fun <S> steps(
        batch: List<S>,
        apply: Rows<T>.(S) -> Unit,
    ) {
        batch.forEach { rows.apply(it) }
        onValue(rows.now())
    }
}

/** A list under construction. A step that does not fit it does nothing: it belongs to another. */
internal class Rows<T> {
    private var items = ArrayList<T>()

    fun now(): List<T> = items.toList()

    fun reset(to: List<T>) {
        items = ArrayList(to)
    }

    fun insert(
        index: UInt,
        item: T,
    ) {
        if (index <= items.size.toUInt()) items.add(index.toInt(), item)
    }

    fun update(
        index: UInt,
        item: T,
    ) {
        if (index < items.size.toUInt()) items[index.toInt()] = item
    }

    fun remove(index: UInt) {
        if (index < items.size.toUInt()) items.removeAt(index.toInt())
    }
}
