package org.rockon

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.assertThrows
import org.rockon.server.PATIENCE
import org.rockon.server.ScenarioServer
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** Opening, closing and cancelling. */
class LifeTest {
    @Test
    fun `a client closed twice stays closed and says so to every call`() =
        runBlocking<Unit> {
            evening { _, phone ->
                val core = phone.core
                core.close()
                core.close()
                core.shutdown()
                val edit = assertThrows<RockOnException.Closed> { runBlocking { core.markAllRead() } }
                assertEquals("closed", edit.code)
                assertThrows<RockOnException.Closed> { core.setForeground(true) }
                assertThrows<RockOnException.Closed> { runBlocking { core.songs().first() } }
                assertThrows<RockOnException.Closed> { runBlocking { core.signIn("eric@rock-on.test", Secret("x")) } }
            }
        }

    @Test
    fun `what follows the status of a client that was closed at once ends quietly`() =
        runBlocking<Unit> {
            evening { _, phone ->
                val core = phone.core as CoreClient
                val state = MutableStateFlow(core.status.value)
                core.close()
                withTimeout(PATIENCE) { CoreClient.follow(core, state) }
            }
        }

    @Test
    fun `flows complete when the client is closed`() =
        runBlocking<Unit> {
            evening { _, phone ->
                withTimeout(PATIENCE) {
                    val lists =
                        phone.core
                            .songs()
                            .onEach { phone.core.close() }
                            .toList()
                    assertTrue(lists.last().isNotEmpty())
                }
            }
        }

    @Test
    fun `flows complete when the client is shut down`() =
        runBlocking<Unit> {
            evening { _, phone ->
                withTimeout(PATIENCE) {
                    phone.core
                        .songs()
                        .onEach { phone.core.shutdown() }
                        .toList()
                }
            }
        }

    @Test
    fun `flows complete when their member signs out, and fail while nobody is signed in`() =
        runBlocking<Unit> {
            evening { _, phone ->
                withTimeout(PATIENCE) {
                    phone.core
                        .songs()
                        .onEach { phone.core.signOut() }
                        .toList()
                }
                assertThrows<RockOnException.SignedOut> { runBlocking { phone.core.songs().first() } }
                phone.core.status.until { it.session is SessionState.SignedOut }
            }
        }

    @Test
    fun `flows complete when another member signs in`() =
        runBlocking<Unit> {
            evening { world, phone ->
                withTimeout(PATIENCE) {
                    phone.core
                        .songs()
                        .onEach { phone.core.signIn("sam@rock-on.test", Secret(world.password)) }
                        .toList()
                }
                assertTrue(
                    phone.core
                        .songs()
                        .until { it.isNotEmpty() }
                        .isNotEmpty(),
                )
            }
        }

    @Test
    fun `a call that is cancelled on its way ends at once and leaves the client whole`() =
        runBlocking<Unit> {
            evening { world, phone ->
                world.play("""{"server":"stop","service":"gateway"}""")
                val call = launch(Dispatchers.Default) { phone.core.syncOnce(60.seconds) }
                phone.core.statusChanges().until { it.sync?.error != null || it.sync?.activity != Activity.IDLE }
                val ending = measureTime { call.cancelAndJoin() }
                assertTrue(ending < 5.seconds, "it took $ending")
                world.play("""{"server":"start","service":"gateway"}""")
                assertTrue(phone.core.syncOnce(20.seconds).complete)
            }
        }

    @Test
    fun `an edit whose caller goes away is made or not made, never half`() =
        runBlocking<Unit> {
            evening { world, phone ->
                phone.network(false)
                repeat(200) { n ->
                    val call =
                        async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
                            phone.core.add(world.band, song { title = "Cancelled $n" })
                        }
                    call.cancelAndJoin()
                }
                val last = phone.core.add(world.band, song { title = "Cancelled last" })
                val songs = phone.core.songs(search = "Cancelled", limit = 300).until { all -> all.any { it.id == last } }
                assertEquals(songs.size, songs.distinctBy { it.title }.size)
                val unsent = phone.core.statusChanges().until { it.outbox.unsent.toInt() == songs.size }
                assertEquals(songs.size, unsent.outbox.unsent.toInt())
            }
        }

    @Test
    fun `two clients in one process keep to themselves`() =
        runBlocking<Unit> {
            evening { one, eric ->
                evening { other, too ->
                    eric.core.add(one.band, song { title = "Only Here" })
                    too.core.add(other.band, song { title = "Only There" })
                    assertEquals(
                        listOf("Only Here"),
                        eric.core
                            .songs(search = "Only ")
                            .first()
                            .map { it.title },
                    )
                    assertEquals(
                        listOf("Only There"),
                        too.core
                            .songs(search = "Only ")
                            .first()
                            .map { it.title },
                    )
                    eric.core.close()
                    assertTrue(too.core.syncOnce(20.seconds).complete)
                }
            }
        }

    @Test
    fun `settings that cannot work are refused with the field`() {
        temporary { dir ->
            val config = RockOnConfig("not an address", Secret("key"), dir)
            val refused = assertThrows<RockOnException.Config> { runBlocking { RockOn.open(config, MemorySecrets()) } }
            assertEquals("url", refused.field)
        }
    }

    @Test
    fun `a second client on the same files is refused`() =
        runBlocking<Unit> {
            ScenarioServer.world().use { world ->
                temporary { dir ->
                    val secrets = MemorySecrets()
                    val config = RockOnConfig(world.url, Secret(world.anonKey), dir)
                    RockOn.open(config, secrets).use { core ->
                        core.setForeground(true)
                        core.signIn("eric@rock-on.test", Secret(world.password))
                        val refused = assertThrows<RockOnException.Storage> { runBlocking { RockOn.open(config, secrets) } }
                        assertTrue(refused.failure is StorageFailure.Locked)
                        core.shutdown()
                    }
                    RockOn.open(config, secrets).use { again ->
                        assertTrue(again.status.value.session is SessionState.SignedIn)
                    }
                }
            }
        }

    @Test
    fun `more rows are shown when the limit grows`() =
        runBlocking<Unit> {
            evening { _, phone ->
                val limits = kotlinx.coroutines.flow.MutableStateFlow(3)
                phone.core.songs(limit = 3, limits = limits).until { songs ->
                    if (songs.size == 3) limits.value = 5
                    songs.size == 5
                }
            }
        }
}
