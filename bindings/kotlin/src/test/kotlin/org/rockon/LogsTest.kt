package org.rockon

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.assertThrows
import java.util.UUID
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** What the core says about itself. */
class LogsTest {
    /** Keeps everything that was ever stored as a secret. */
    private class Watched(
        private val held: MemorySecrets = MemorySecrets(),
    ) : SecretStore by held {
        val values = ConcurrentLinkedQueue<String>()

        override fun write(
            key: String,
            value: Secret,
        ) {
            values += value.exposed
            held.write(key, value)
        }
    }

    @Test
    fun `no line names a token, a password, a title or an address`() =
        runBlocking<Unit> {
            val lines = ConcurrentLinkedQueue<LogLine>()
            val count = MutableStateFlow(0)
            val secrets = Watched()
            assertTrue(
                Logs.start(LogLevel.DEBUG) {
                    lines += it
                    count.value++
                },
            )
            evening(secrets) { world, phone ->
                assertThrows<RockOnException.Auth> {
                    runBlocking {
                        phone.core.signIn(
                            "sam@rock-on.test",
                            Secret("PLANTED-PASSWORD"),
                        )
                    }
                }
                val id = phone.core.add(world.band, song { title = "PLANTED-TITLE"; notes = "PLANTED-NOTE" })
                phone.core.syncOnce(20.seconds)
                phone.core.delete(Kind.SONG, id)
                phone.core.syncOnce(20.seconds)
                phone.core.diagnose()
                phone.core.signOut()
                count.until { it > 0 }
                val planted = listOf("PLANTED", "@rock-on.test", world.password) + secrets.values.flatMap(::tokens)
                assertTrue(planted.size > 4, "no token was stored")
                for (line in lines + Logs.recent()) {
                    assertTrue(planted.none { it in "${line.part} ${line.text}" }, "$line")
                }
            }
        }

    @Test
    fun `a sink that throws loses nothing of the ring`() =
        runBlocking<Unit> {
            Logs.start(LogLevel.DEBUG) { throw IllegalStateException("planted") }
            evening { _, phone -> phone.core.syncOnce(20.seconds) }
            assertTrue(Logs.recent().isNotEmpty())
            assertTrue(Logs.recent().none { "planted" in it.text })
            Logs.start(LogLevel.INFO)
            assertEquals(Logs.recent().size.coerceAtMost(500), Logs.recent().size)
        }

    /** The long texts in a stored value: tokens. A uuid is none: the member's own id names his own scope, too. */
    private fun tokens(stored: String): List<String> {
        val texts = Regex("[A-Za-z0-9._~-]{12,}").findAll(stored).map { it.value }
        return texts.filterNot { runCatching { UUID.fromString(it) }.isSuccess }.toList()
    }
}
