package org.rockon

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.rockon.ffi.InternalException
import org.rockon.ffi.errorCode
import java.nio.charset.CharacterCodingException

/** What kind of error it is, in a word that never changes: `offline`, `denied`, `storage`. For logs, not for people. */
val RockOnException.code: String get() = errorCode(this)

/** The `message` of every [RockOnException]: its [text] in English, which logs print. */
internal fun messageOf(error: RockOnException): String = error.text(Language.ENGLISH)

/** A call of the core, away from the caller's thread: arguments and answers may be large, and reading may block. */
internal suspend fun <T> calling(call: suspend () -> T): T = withContext(Dispatchers.IO) { guarded { call() } }

/** A call of the core that throws nothing but [RockOnException] and a coroutine's cancellation. */
internal inline fun <T> guarded(call: () -> T): T =
    try {
        call()
    } catch (error: Exception) {
        throw translated(error)
    }

internal fun translated(error: Exception): Exception =
    when (error) {
        is RockOnException, is CancellationException -> error

        // Its text may hold anything, so it is left behind.
        is InternalException -> RockOnException.Internal("the boundary to the core")

        is CharacterCodingException -> RockOnException.Invalid("text", "it holds half of a surrogate pair")

        // The generated handle says this, and nothing else, when it was closed before the call.
        is IllegalStateException -> RockOnException.Closed()

        else -> error
    }

/** A whole number for the core, or [RockOnException.Invalid]. */
internal fun short(
    field: String,
    number: Int,
): UShort {
    if (number !in 0..UShort.MAX_VALUE.toInt()) throw RockOnException.Invalid(field, "it is not from 0 to 65535")
    return number.toUShort()
}

/** How many rows a list shows: never fewer than none; all without a limit. */
internal fun limit(rows: Int?): UInt = rows?.coerceAtLeast(0)?.toUInt() ?: UInt.MAX_VALUE
