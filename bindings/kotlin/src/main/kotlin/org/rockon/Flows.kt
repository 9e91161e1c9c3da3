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
    ): Flow<List<T>> = feed(limits) { open(ListSink(it)) }

    fun <T> value(open: (Sink<T>) -> Subscription): Flow<T> = feed(emptyFlow()) { open(Sink(it)) }

    private fun <T> feed(
        limits: Flow<Int>,
        open: (SendChannel<T>) -> Subscription,
    ): Flow<T> =
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
    fun onFault(error: RockOnException)

    fun onEnd()
}

/** The way of one value to its flow. */
internal open class Sink<T>(
    private val channel: SendChannel<T>,
) : Ends {
    /** Never waits and never fails: the channel is conflated, and a closed one is nobody's. */
    fun onValue(value: T) {
        channel.trySend(value)
    }

    override fun onFault(error: RockOnException) {
        channel.close(error)
    }

    override fun onEnd() {
        channel.close()
    }
}

/** The way of a list's steps to its flow. */
internal class ListSink<T>(
    channel: SendChannel<List<T>>,
) : Sink<List<T>>(channel) {
    private val rows = Rows<T>()

    fun <S> steps(
        batch: List<S>,
        apply: Rows<T>.(S) -> Unit,
    ) {
        try {
            batch.forEach { rows.apply(it) }
        } catch (_: IndexOutOfBoundsException) {
            return onFault(CoreDefect("a step beyond its list"))
        }
        onValue(rows.now())
    }
}

/** A list under construction. */
internal class Rows<T> {
    private var items = ArrayList<T>()

    fun now(): List<T> = items.toList()

    fun reset(to: List<T>) {
        items = ArrayList(to)
    }

    fun insert(
        index: UInt,
        item: T,
    ) = items.add(index.toInt(), item)

    fun update(
        index: UInt,
        item: T,
    ) {
        items[index.toInt()] = item
    }

    fun remove(index: UInt) {
        items.removeAt(index.toInt())
    }
}
