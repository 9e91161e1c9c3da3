package org.rockon

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map

/**
 * What a screen shows of a feed: the last value that could be read and, while the feed cannot be read, why.
 *
 * @property value the value or list; null before the first one
 * @property isLoaded the first value has come; until then nothing is known
 * @property failure why it could not be read the last time; null once it could
 */
data class FeedState<out T>(
    val value: T? = null,
    val isLoaded: Boolean = false,
    val failure: RockOnException? = null,
)

/**
 * A live value or list, as a flow of its values. It is cold: see [Feeds].
 *
 * A failure, when the database could not be read, does not end it: what was shown stays, and it is read again after the
 * next change. As a flow of values it says nothing of failures, so that a `StateFlow` made of it lives on; [states] says
 * them. While nothing can be read at all, `first()` waits; `states.first()` does not.
 */
class Feed<out T>(
    /** The same, with failures: for a screen that tells the person. A slow collector gets the newest state. */
    val states: Flow<FeedState<T>>,
) : Flow<T> by values(states) {
    companion object {
        /** A feed of these values without a failure, such as a view model's test needs. */
        fun <T> of(values: Flow<T>): Feed<T> = Feed(values.map { FeedState(it, isLoaded = true) })
    }
}

/** A state that only tells of a failure holds the very value of the state before. */
private fun <T> values(states: Flow<FeedState<T>>): Flow<T> =
    flow {
        var last: Any? = states
        states.collect {
            if (it.isLoaded && it.value !== last) {
                last = it.value
                @Suppress("UNCHECKED_CAST") // null is a value of its type once it is loaded
                emit(it.value as T)
            }
        }
    }
