package org.rockon.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.job
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.rockon.Kind
import org.rockon.MemorySecrets
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.SecretStore
import org.rockon.Song
import org.rockon.SourceFile
import org.rockon.server.PATIENCE
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.ui.device.Accounts
import org.rockon.ui.device.Allowed
import org.rockon.ui.device.Background
import org.rockon.ui.device.Client
import org.rockon.ui.device.Device
import org.rockon.ui.device.Event
import org.rockon.ui.device.Files
import org.rockon.ui.device.Kept
import org.rockon.ui.device.MemoryKept
import org.rockon.ui.device.MemoryPreferences
import org.rockon.ui.device.Notifications
import org.rockon.ui.device.Outside
import org.rockon.ui.device.Printer
import org.rockon.ui.device.Server
import org.rockon.ui.device.Servers
import org.rockon.ui.device.Signal
import org.rockon.ui.device.Stage
import org.rockon.ui.songs.SongsModel
import java.nio.file.Path
import kotlin.concurrent.thread
import kotlin.coroutines.ContinuationInterceptor
import kotlin.io.path.createTempDirectory

/** The files of all phones, which go when this process does. */
private val phones: Path by lazy {
    createTempDirectory("rockon-ui").also { folder ->
        Runtime.getRuntime().addShutdownHook(thread(start = false) { folder.toFile().deleteRecursively() })
    }
}

/** What a phone says and is asked for, by the test. */
internal class TestDevice(
    server: Server?,
    override val dataDir: Path = createTempDirectory(phones, "phone"),
    override val secrets: SecretStore = MemorySecrets(),
) : Device {
    override val network = Switch()
    override val screen = Switch()
    var asked = 0
        private set
    override val background = Background { asked += 1 }
    override val outside = Asked()
    override val notifications = TestNotifications()
    override var accounts: Accounts = Accounts.None
    override val preferences = MemoryPreferences()
    override val stage = TestStage()

    /** What was printed last: its name, and its page. */
    val printed = MutableStateFlow<Pair<String, String>?>(null)
    override val printer = Printer { name, html -> printed.value = name to html }

    /** What the person chooses when they are asked for files. */
    var chosen = emptyList<SourceFile>()
    override val files = Files { chosen }
    override val servers = object : Servers {
        private var now = server

        override fun read(): Server? = now

        override fun write(server: Server) {
            now = server
        }
    }
}

/** What other apps were asked for. */
internal class Asked : Outside {
    val shared = ArrayList<String>()
    val sharedLast = MutableStateFlow<String?>(null)
    val copied = ArrayList<String>()
    val opened = ArrayList<String>()
    val saved = MutableStateFlow<Triple<String, String, String>?>(null)
    val remembered = ArrayList<Event>()

    override fun share(text: String) {
        shared += text
        sharedLast.value = text
    }

    override fun copy(text: String) {
        copied += text
    }

    override fun save(name: String, type: String, text: String) {
        saved.value = Triple(name, type, text)
    }

    override fun open(link: String): Boolean = opened.add(link)

    override fun remember(event: Event): Boolean = remembered.add(event)
}

/** Notifications that the test allows or not. */
internal class TestNotifications : Notifications {
    override val allowed = MutableStateFlow(Allowed(Allowed.Answer.UNASKED))
    var cleared = 0
        private set

    override fun ask() {
        allowed.value = Allowed(Allowed.Answer.YES)
    }

    override fun decline() {
        allowed.value = Allowed(Allowed.Answer.NO)
    }

    override fun openSettings() = Unit

    override fun clear() {
        cleared += 1
    }
}

/** What the window was asked for, in words. */
internal class TestStage : Stage {
    val asked = ArrayList<String>()

    override fun enter() {
        asked += "enter"
    }

    override fun lockRotation(on: Boolean) {
        asked += "lock $on"
    }

    override fun leave() {
        asked += "leave"
    }
}

/** A signal that the test turns. */
internal class Switch : Signal {
    private val told = ArrayList<(Boolean) -> Unit>()
    private var now = true

    val followers: Int get() = told.size

    fun turn(on: Boolean) {
        now = on
        told.forEach { it(on) }
    }

    override fun follow(tell: (Boolean) -> Unit): AutoCloseable {
        told += tell
        tell(now)
        return AutoCloseable { told -= tell }
    }
}

/**
 * The whole app without a window: its process can end and begin again with what was kept. Its main thread is that of the test, which
 * calls it there.
 */
internal class TestApp private constructor(val device: TestDevice, val kept: Kept, val scope: CoroutineScope) : AutoCloseable {
    val client = Client(device, scope)
    val app = AppModel(client, kept, scope)

    suspend fun core(): RockOn = client.open(checkNotNull(client.server))

    suspend fun welcome() = app.state.awaited { (it as? Shown.Outside)?.model }

    /** The model of the screen that is shown, once it is of this kind. */
    suspend inline fun <reified M : Any> model(): M = app.state.awaited { (it as? Shown.Inside)?.screen?.model as? M }

    suspend fun signIn(member: String, world: World): TestApp {
        val welcome = welcome()
        welcome.email("$member@rock-on.test")
        welcome.password(world.password)
        welcome.goOn()
        app.state.until { it is Shown.Inside }
        return this
    }

    /** The list, once it shows everything that the band has. */
    suspend fun songs(world: World): SongsModel {
        // Whoever is outside has no tabs: what the core says of them then leads back to the start.
        app.state.until { it is Shown.Inside }
        app.choose(Tab.SONGS)
        val model = model<SongsModel>()
        core().waitForFirstSync()
        val all = core().countSongs(world.band)
        model.state.until { it.count == all && it.rows.size == all }
        return model
    }

    /** First whoever asks the core, then the core: none of them is told that it has gone. */
    override fun close() = runBlocking {
        scope.coroutineContext.job.cancelAndJoin()
        client.close()
    }

    companion object {
        suspend operator fun invoke(device: TestDevice, kept: Kept = MemoryKept()) = TestApp(device, kept, mainScope())

        suspend fun of(world: World) = TestApp(TestDevice(Server(world.url, world.anonKey)))
    }
}

/** Eric's app, and Sam's on another phone; both have everything, [song] is one of it. */
internal class Two(val world: World, val app: TestApp, val other: TestApp, val song: RowId) {
    /** Sam's phone has the song like this. */
    suspend fun arrives(so: (Song) -> Boolean) {
        val has = withTimeoutOrNull(PATIENCE) { other.core().song(song).first { it != null && so(it) } }
        checkNotNull(has) { "the other phone has it; it has ${other.core().row(Kind.SONG, song)}" }
    }
}

internal fun two(member: String = "eric", play: suspend Two.() -> Unit) = runBlocking<Unit> {
    ScenarioServer.world().use { world ->
        TestApp.of(world).use { app ->
            TestApp.of(world).use { other ->
                val songs = app.signIn(member, world).songs(world)
                other.signIn("sam", world).songs(world)
                Two(world, app, other, songs.state.value.rows.first { it.title == "Acquiesce" }.id).play()
            }
        }
    }
}

/** What runs on the thread of the test, until it is cancelled. */
internal suspend fun mainScope() =
    CoroutineScope(SupervisorJob() + checkNotNull(currentCoroutineContext()[ContinuationInterceptor]))

/** The first value that is something, within patience. */
internal suspend fun <S, T : Any> StateFlow<S>.awaited(something: (S) -> T?): T =
    checkNotNull(something(until { something(it) != null }))

/** The first state that is so, within patience; the last one when there was none. */
internal suspend fun <S> StateFlow<S>.until(so: (S) -> Boolean): S =
    withTimeoutOrNull(PATIENCE) { first(so) } ?: throw AssertionError("it stayed $value")

/** The same of what the core tells. */
internal suspend fun <T> Flow<T>.told(so: (T) -> Boolean): T =
    withTimeoutOrNull(PATIENCE) { first(so) } ?: throw AssertionError("it was not told")
