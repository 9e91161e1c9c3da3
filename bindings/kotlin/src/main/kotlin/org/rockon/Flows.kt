package org.rockon

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.launch
import org.rockon.ffi.BatchStep
import org.rockon.ffi.Items
import org.rockon.ffi.SubscriptionInterface

/**
 * Feeds of the core as flows that end with the client.
 *
 * Each collection asks a feed of its own for one batch after the other. What waits for a collector is the newest whole
 * list. So nothing a step said can be lost, and a collector that stands still costs one list.
 */
internal class Flows(
    private val client: Job,
) {
    /** The feed of a list; [items] takes the items out of what its batches hold. */
    fun <S, T> list(
        limits: Flow<Int> = NONE,
        open: () -> S,
        items: (Items) -> List<T>,
    ): Feed<List<T>> where S : SubscriptionInterface, S : AutoCloseable = Feed(states(limits, open) { folding(items) })

    /** The feed of one value. */
    fun <S, T> value(
        open: () -> S,
        value: (Items) -> T,
    ): Feed<T> where S : SubscriptionInterface, S : AutoCloseable = Feed(states(NONE, open) { { _, batch -> value(batch) } })

    /** The handle is closed when nobody is in a call of it any more, and in any case when the collection ends. */
    private fun <S, T> states(
        limits: Flow<Int>,
        open: () -> S,
        folding: () -> (List<BatchStep>, Items) -> T,
    ): Flow<FeedState<T>> where S : SubscriptionInterface, S : AutoCloseable =
        channelFlow {
            guarded(open).use { subscription ->
                val ending = client.invokeOnCompletion { endQuietly(subscription) }
                val growing = if (limits === NONE) null else launch { limits.collect { subscription.setLimit(limit(it)) } }
                try {
                    val fold = folding()
                    var state = FeedState<T>()
                    while (true) {
                        state =
                            try {
                                val batch = guarded { subscription.next() } ?: break
                                FeedState(fold(batch.steps, batch.items), isLoaded = true)
                            } catch (failure: RockOnException) {
                                state.copy(failure = failure)
                            }
                        send(state)
                    }
                    growing?.cancelAndJoin()
                } finally {
                    ending.dispose()
                    growing?.cancel()
                }
            }
        }.buffer(Channel.CONFLATED).flowOn(Dispatchers.IO)
}

/** No limit but the first. */
private val NONE = emptyFlow<Int>()

/** The client has ended; so may the collection, just now. */
private fun endQuietly(subscription: SubscriptionInterface) =
    try {
        subscription.cancel()
    } catch (_: IllegalStateException) {
        // Its handle is closed: nobody waits for it any more.
    }

/** The list after each batch. */
private fun <T> folding(items: (Items) -> List<T>): (List<BatchStep>, Items) -> List<T> {
    val rows = Rows<T>()
    return { steps, batch ->
        rows.take(steps, items(batch))
        rows.now()
    }
}

/** A list under construction. A step that does not fit it does nothing: it belongs to another. */
internal class Rows<T> {
    private var items = ArrayList<T>()

    fun now(): List<T> = items.toList()

    /** Makes the steps, one after the other; each takes its items from the front of what is left of [from]. */
    fun take(
        steps: List<BatchStep>,
        from: List<T>,
    ) {
        var used = 0
        for (step in steps) {
            when (step) {
                is BatchStep.Reset -> {
                    items = ArrayList(from.subList(used, used + step.count.toInt()))
                    used += step.count.toInt()
                }

                is BatchStep.Insert -> {
                    insert(step.index, from[used++])
                }

                is BatchStep.Update -> {
                    update(step.index, from[used++])
                }

                is BatchStep.Remove -> {
                    remove(step.index)
                }
            }
        }
    }

    private fun insert(
        index: UInt,
        item: T,
    ) {
        if (index <= items.size.toUInt()) items.add(index.toInt(), item)
    }

    private fun update(
        index: UInt,
        item: T,
    ) {
        if (index < items.size.toUInt()) items[index.toInt()] = item
    }

    private fun remove(index: UInt) {
        if (index < items.size.toUInt()) items.removeAt(index.toInt())
    }
}
