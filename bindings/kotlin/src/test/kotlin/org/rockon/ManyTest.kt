package org.rockon

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
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
    fun `a hundred feeds that are left while they wait end, and the client goes on`() =
        runBlocking<Unit> {
            evening { world, phone ->
                phone.network(false)
                val waiting =
                    List(100) {
                        val first = CompletableDeferred<Unit>()
                        val collecting = launch { phone.core.songs().collect { first.complete(Unit) } }
                        first.await()
                        collecting
                    }
                waiting.forEach { it.cancel() }
                withTimeout(20.seconds) { waiting.joinAll() }
                val id = phone.core.add(world.band, song { title = "After them" })
                phone.core.songs(search = "After them").until { songs -> songs.any { it.id == id } }
            }
        }

    private companion object {
        const val SONGS = 10_000
        const val ALL = 20_000
    }
}
