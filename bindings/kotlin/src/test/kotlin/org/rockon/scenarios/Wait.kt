package org.rockon.scenarios

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.firstOrNull
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** More than any scenario has. */
internal const val ALL = 1_000

/** A state was not reached; [seen] is what was there instead. */
internal class NotReached(
    seen: Any?,
) : Exception("seen instead: $seen")

/** Collects the flow that [open] gives until [judge] has an answer. It ends when another person signs in: then the next. */
internal suspend fun <T, R : Any> until(
    patience: Duration,
    open: () -> Flow<T>,
    judge: suspend (T) -> R?,
): R {
    var seen: Any? = "nothing"
    val answer =
        withTimeoutOrNull(patience) {
            var answer: R? = null
            while (answer == null) {
                answer = open().mapNotNull { judge(it.also { seen = it }) }.firstOrNull()
                yield()
            }
            answer
        }
    return answer ?: throw NotReached(seen)
}

/** The same, for a judge that says yes or no. */
internal suspend fun <T> reached(
    patience: Duration,
    open: () -> Flow<T>,
    judge: suspend (T) -> Boolean,
) {
    until(patience, open) { seen -> true.takeIf { judge(seen) } }
}

/** Asks the server, which tells of no change of it, until the answer is right. */
internal suspend fun <T> asked(
    patience: Duration,
    ask: suspend () -> T,
    judge: (T) -> Boolean,
) {
    var seen: Any? = "nothing"
    val right =
        withTimeoutOrNull(patience) {
            while (!judge(ask().also { seen = it })) delay(50.milliseconds)
            true
        }
    if (right == null) throw NotReached(seen)
}

/** What any row shows. */
internal data class Item(
    val id: RowId,
    val name: String,
    val unread: Boolean,
    val pending: Boolean,
)

/** All rows of a kind. */
internal fun RockOn.items(kind: Kind): Flow<List<Item>> =
    when (kind) {
        Kind.SONG -> songs(limit = ALL).items { Item(it.id, it.title, it.unread, it.pending) }
        Kind.SETLIST -> setlists(limit = ALL).items { Item(it.id, it.name, it.unread, it.pending) }
        Kind.SHOW -> shows(limit = ALL).items { Item(it.id, it.name, it.unread, it.pending) }
        Kind.PRACTICE -> practices(limit = ALL).items { Item(it.id, "", it.unread, it.pending) }
        else -> throw IllegalArgumentException("no list of $kind")
    }

private fun <T> Flow<List<T>>.items(item: (T) -> Item): Flow<List<Item>> = map { rows -> rows.map(item) }
