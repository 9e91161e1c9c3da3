package org.rockon

import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.rockon.ffi.Client
import org.rockon.ffi.ClientConfig
import org.rockon.ffi.CoreException
import org.rockon.ffi.SongQuery
import org.rockon.ffi.SongStep
import org.rockon.ffi.SongsListener
import org.rockon.server.ScenarioServer
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit.SECONDS
import java.util.concurrent.atomic.AtomicInteger
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** Much of everything. */
class ManyTest {
    @Test
    fun `ten thousand songs come as steps in order, and nothing is lost`() =
        runBlocking<Unit> {
            evening { world, phone ->
                phone.network(false)
                val before =
                    phone.core
                        .songs(limit = ALL)
                        .first()
                        .size
                val file = (0 until SONGS).joinToString("\n", "title\n") { "Song ${it * 7919 % SONGS}" }
                val plan = phone.core.planImport(world.band, listOf(SourceFile("songs.csv", file.encodeToByteArray())))
                assertEquals(SONGS, plan.songs.size)
                val folded =
                    withTimeout(120.seconds) {
                        val all = async { phone.core.songs(limit = ALL).first { it.size == before + SONGS } }
                        assertEquals(
                            SONGS,
                            phone.core
                                .runImport(world.band, plan)
                                .added.size,
                        )
                        all.await()
                    }
                assertEquals(phone.core.songs(limit = ALL).first(), folded)
            }
        }

    @Test
    fun `a collector that stands still gets the newest whole list`() =
        runBlocking<Unit> {
            evening { world, phone ->
                phone.network(false)
                var seen = 0
                phone.core.songs(search = "Burst", limit = ALL).until { songs ->
                    if (seen++ == 0) repeat(100) { phone.core.add(world.band, song { title = "Burst $it" }) }
                    songs.size == 100
                }
                assertTrue(seen < 50, "$seen lists for 100 edits")
            }
        }

    @Test
    fun `a listener that throws is called again, and it is said once`() =
        runBlocking<Unit> {
            Logs.start(LogLevel.DEBUG)
            ScenarioServer.world().use { world ->
                temporary { dir ->
                    val config = ClientConfig(world.url, world.anonKey, "$dir", "")
                    Client.open(config, ForeignSecrets(MemorySecrets())).use { client ->
                        client.signIn("eric@rock-on.test", world.password)
                        val said = Logs.recent().count { "a listener threw" in it.text }
                        val calls = Throwing()
                        val query = SongQuery(null, "", false, SongOrder.TITLE, 50u)
                        val subscription = client.observeSongs(query, calls)
                        assertTrue(calls.first.await(20, SECONDS))
                        client.add(world.band, Kind.SONG, values("title" to "A One"))
                        assertTrue(calls.second.await(20, SECONDS))
                        client.add(world.band, Kind.SONG, values("title" to "A Two"))
                        assertTrue(calls.third.await(20, SECONDS))
                        assertEquals(said + 1, Logs.recent().count { "a listener threw" in it.text })
                        subscription.cancel()
                        subscription.close()
                        subscription.close()
                        client.shutdown()
                    }
                }
            }
        }

    private class Throwing : SongsListener {
        private val calls = AtomicInteger()
        val first = CountDownLatch(1)
        val second = CountDownLatch(1)
        val third = CountDownLatch(1)

        override fun onSteps(steps: List<SongStep>) {
            when (calls.incrementAndGet()) {
                1 -> first.countDown()
                2 -> second.countDown()
                else -> third.countDown()
            }
            throw IllegalStateException("planted text")
        }

        override fun onFailure(error: CoreException) = Unit

        override fun onEnd() = Unit
    }

    private companion object {
        const val SONGS = 10_000
        const val ALL = 20_000
    }
}
