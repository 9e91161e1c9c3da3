package org.rockon.ui.device

import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import org.rockon.AppLink
import org.rockon.SecretStore
import java.nio.file.Path

/**
 * What the app needs of the phone that it runs on. Android has it (`android/app`), a window on a desk has another, tests a third.
 *
 * Nothing here decides anything: it tells what the platform says, keeps what it is given, and starts what it is asked to.
 */
interface Device {
    /** Where the core keeps its files. */
    val dataDir: Path

    /** Where the core keeps its session. */
    val secrets: SecretStore

    /** There is a network, or none. */
    val network: Signal

    /** The app is on screen, or not. */
    val screen: Signal

    /** Which server the app speaks to. */
    val servers: Servers

    /** Work while the app is not on screen. */
    val background: Background

    /** What the system shows for the app. */
    val notifications: Notifications

    /** Other apps. */
    val outside: Outside

    /** The system's printing. */
    val printer: Printer

    /** Accounts of other services. */
    val accounts: Accounts get() = Accounts.None

    /** What the person has chosen for this phone. */
    val preferences: Preferences

    /** Files that the person chooses. */
    val files: Files

    /** The window, while somebody plays from it. */
    val stage: Stage
}

/** Something that is so or not so, and changes. */
fun interface Signal {
    /** Tells how it is now and each time it changes, until what is returned is closed. */
    fun follow(tell: (Boolean) -> Unit): AutoCloseable
}

/** The same as a flow. */
internal fun Signal.states(): Flow<Boolean> = callbackFlow {
    val followed = follow { trySend(it) }
    awaitClose(followed::close)
}

/** How it is now. */
val Signal.isOn: Boolean
    get() {
        var now = false
        follow { now = it }.close()
        return now
    }

/** Lets the system run the core once, when it sees fit and there is a network. */
fun interface Background {
    /** Something waits to be sent: soon, please. */
    fun soon()

    /** What others do is read now and then. */
    fun regularly() = Unit
}

/**
 * A Supabase project with the band's data.
 *
 * @property url its address, such as `https://abcd.supabase.co`
 * @property key its publishable key: no secret, it is in every app
 */
data class Server(val url: String, val key: String) {
    companion object {
        /** That of a link. */
        fun of(link: AppLink.Server) = Server(link.url, link.key.exposed)
    }
}

/** Remembers which server the app speaks to. */
interface Servers {
    /** That of the person's choice, else the build's own; null where neither is. */
    fun read(): Server?

    /** The person has chosen one. */
    fun write(server: Server)
}

/**
 * Small texts that outlive the process while the person is still in the middle of something: where they are, and what they typed.
 * They end when the app is closed for good. For the main thread.
 */
interface Kept {
    operator fun get(key: String): String?

    /** Null forgets it. */
    operator fun set(key: String, value: String?)

    /** Forgets everything whose key begins like this. */
    fun clear(prefix: String)
}

/** For places that never lose their process, and for tests. */
class MemoryKept(private val held: MutableMap<String, String> = mutableMapOf()) : Kept {
    override fun get(key: String): String? = held[key]

    override fun set(key: String, value: String?) {
        if (value == null) held.remove(key) else held[key] = value
    }

    override fun clear(prefix: String) {
        held.keys.removeAll { it.startsWith(prefix) }
    }
}
