package org.rockon.ui

import kotlinx.coroutines.runBlocking
import org.rockon.Language
import org.rockon.MemorySecrets
import org.rockon.RockOnException
import org.rockon.Secret
import org.rockon.SecretLostException
import org.rockon.SecretStore
import org.rockon.StorageFailure
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.ui.device.Server
import org.rockon.ui.songs.SongsModel
import org.rockon.ui.status.StatusModel
import org.rockon.ui.status.StatusPlace
import org.rockon.ui.texts.Texts
import org.rockon.ui.welcome.words
import java.io.RandomAccessFile
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.listDirectoryEntries
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** A Keystore that has thrown its key away: what is written from now on can be read again. */
private class LostOnce(private val held: SecretStore = MemorySecrets()) : SecretStore by held {
    override fun read(key: String): Secret? = held.read(key) ?: throw SecretLostException()
}

/** What a phone does to an app: each is told in words, each has a way on, and nothing typed is lost. */
class BadLuckTest {
    private val texts = Texts(Language.ENGLISH)

    /** The app is used, ends, something happens to its files, and it begins again. */
    private fun restarted(between: (Path) -> Unit, after: suspend (TestApp, World) -> Unit) = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            val first = TestApp.of(world)
            first.use { it.signIn("eric", world).core().waitForFirstSync() }
            between(database(first))
            TestApp(first.again(world)).use { after(it, world) }
        }
    }

    private fun TestApp.again(world: World) = TestDevice(Server(world.url, world.anonKey), device.dataDir, device.secrets)

    private fun database(app: TestApp): Path = app.device.dataDir
        .listDirectoryEntries()
        .single { it.extension == "sqlite" }

    private suspend fun TestApp.broken() = app.state.awaited { (it as? Shown.Broken)?.failure }

    @Test
    fun `a database of a newer version is refused in words, and nothing is done to it`() = restarted(
        between = { file -> versioned(file, 1_000_000) },
        after = { app, _ ->
            val failure = app.broken()
            assertEquals(
                RockOnException.Storage(StorageFailure.Newer).failure,
                (failure as? RockOnException.Storage)?.failure,
            )
            assertEquals(texts.app.databaseNewer, failure.whatToDo(texts))
            app.app.copyLog()
            assertNotNull(
                app.device.outside.copied
                    .singleOrNull(),
            )
        },
    )

    @Test
    fun `a damaged file is set aside and told, and everything comes back`() = restarted(
        between = { file -> damaged(file) },
        after = { app, world ->
            val told = app.app.bar.awaited { it }
            assertEquals(texts.app.databaseDamaged, told.words(texts))
            app.app.to(StatusPlace)
            val aside =
                app
                    .model<StatusModel>()
                    .state
                    .until { it.setAside != null }
                    .setAside
            assertTrue(Path.of(checkNotNull(aside)).toFile().exists())
            app.core().waitForFirstSync()
            assertTrue(app.core().countSongs(world.band) > 0)
        },
    )

    @Test
    fun `files that another instance holds are told, and opened when it has let go`() = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            TestApp.of(world).use { first ->
                first.signIn("eric", world)
                TestApp(first.again(world)).use { second ->
                    assertEquals(texts.app.databaseLocked, second.broken().whatToDo(texts))
                    first.close()
                    second.app.open()
                    second.app.choose(Tab.SONGS)
                    second.model<SongsModel>()
                }
            }
        }
    }

    @Test
    fun `a server that cannot be used asks for another one`() = runBlocking<Unit> {
        TestApp(TestDevice(Server("ftp://nowhere", "key"))).use { app ->
            assertEquals(texts.app.brokenServer, app.broken().whatToDo(texts))
            app.app.askForServer()
            assertTrue(
                app
                    .welcome()
                    .state.value.asksForLink,
            )
        }
    }

    @Test
    fun `a session that the phone cannot open any more is told where one signs in, and nothing is lost`() = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            val device = TestDevice(Server(world.url, world.anonKey), secrets = LostOnce())
            TestApp(device).use { app ->
                assertEquals(
                    texts.app.keyLost,
                    app
                        .welcome()
                        .state.value
                        .words(texts),
                )
                app.signIn("eric", world).core().waitForFirstSync()
            }
        }
    }

    @Test
    fun `each way in which files cannot be opened has its own words`() {
        val all = listOf(
            StorageFailure.Newer,
            StorageFailure.Full,
            StorageFailure.Locked,
            StorageFailure.Unreadable,
        ).map { RockOnException.Storage(it).whatToDo(texts) }
        assertEquals(all.size, all.toSet().size)
        assertEquals(texts.app.databaseFull, all[1])
    }

    /** Where SQLite has the number that a program gives to its tables. */
    private fun versioned(file: Path, version: Int) = RandomAccessFile(file.toFile(), "rw").use {
        it.seek(60)
        it.writeInt(version)
    }

    /** The pages after the first few are noise. */
    private fun damaged(file: Path) = RandomAccessFile(file.toFile(), "rw").use {
        it.seek(8192)
        it.write(ByteArray((it.length() - 8192).toInt()) { at -> at.toByte() })
    }
}
