package org.rockon.ui.device

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import org.rockon.Language
import org.rockon.RockOn
import org.rockon.RockOnConfig
import org.rockon.RockOnException
import org.rockon.Secret
import org.rockon.SyncOutcome
import org.rockon.languageOf
import org.rockon.ui.Writing
import org.rockon.ui.notices.News
import org.rockon.ui.notices.takeNews
import org.rockon.ui.settings.Chosen
import java.util.Locale
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * The one client of the core in this process: two would want the same files.
 *
 * Owns the client from its first use to the end of the process, and tells it what the device says. Never decides when
 * something is sent: the core does.
 */
class Client(internal val device: Device, private val scope: CoroutineScope) {
    private class Opened(val server: Server, val core: RockOn, val followed: List<AutoCloseable>, val sending: Job)

    private val turn = Mutex()
    private var opened: Opened? = null
    private val secrets = WatchedSecrets(device.secrets)

    /** Whoever was signed in has to sign in again: the phone cannot open what it kept of that any more. */
    val isKeyLost: Boolean get() = secrets.isLost

    /** What the person has chosen for this phone. */
    val chosen = Chosen(device.preferences)

    /** What is said is in this language. */
    var language = chosen.state.value.language ?: languageOf(Locale.getDefault().toLanguageTag())
        private set

    /** The server that the app speaks to; null where the person must name one first. */
    val server: Server? get() = device.servers.read()

    /** Speaks to another server from the next [open] on. Who is signed in here is not there: their session is not for it to see. */
    suspend fun choose(server: Server) {
        try {
            this.server?.takeIf { it != server }?.let { open(it).signOut() }
        } catch (_: RockOnException.Config) {
            // One that cannot be used has nobody signed in.
        }
        device.servers.write(server)
    }

    /** What the core says is in this language from now on. */
    fun speak(language: Language) {
        this.language = language
        Writing.language = language
        opened?.core?.setLanguage(language)
    }

    /** The client of [server], opened if need be. */
    suspend fun open(server: Server): RockOn = turn.withLock {
        opened?.takeIf { it.server == server }?.core ?: run {
            end()
            start(server).also { opened = it }.core
        }
    }

    /** Sends and reads once, for the system's own jobs; null where the app has no server yet. */
    suspend fun syncOnce(budget: Duration): SyncOutcome? = server?.let { open(it).syncOnce(budget) }

    /**
     * Tells what nobody was told yet, for the system to show. The core gathers for a moment what one person does before it is a
     * notice: what becomes one meanwhile is told too. Returns when that time is over.
     */
    suspend fun tellNews(tell: (News) -> Unit) {
        val core = server?.let { open(it) } ?: return
        withTimeoutOrNull(GATHERING) {
            core.notices(limit = 1).collect {
                // Whatever is taken is told.
                withContext(NonCancellable) { core.takeNews().forEach(tell) }
            }
        }
    }

    /** Ends the client and waits until its files are free. */
    suspend fun close() = turn.withLock { end() }

    private suspend fun start(server: Server): Opened {
        val core = RockOn.open(
            RockOnConfig(server.url, Secret(server.key), device.dataDir, language = language),
            secrets,
        )
        val followed = listOf(device.network.follow(core::setNetwork), device.screen.follow(core::setForeground))
        device.background.regularly()
        return Opened(server, core, followed, scope.launch { askForTime(core) })
    }

    /** In the background only the system's jobs send: one is asked for whenever the first edit waits. */
    private suspend fun askForTime(core: RockOn) = core.status
        .map { it.outbox.unsent > 0 }
        .distinctUntilChanged()
        .filter { it }
        .collect { device.background.soon() }

    private suspend fun end() {
        val ended = opened ?: return
        opened = null
        ended.sending.cancel()
        ended.followed.forEach(AutoCloseable::close)
        ended.core.shutdown()
    }

    private companion object {
        /** Longer than the core ever gathers, which is five seconds. */
        val GATHERING = 6.seconds
    }
}
