package org.rockon

import org.rockon.ffi.PlatformException
import org.rockon.ffi.PlatformSecrets

/**
 * A small key-value store for secrets: the Keystore on Android. Called on threads that may block, never on the main
 * thread, by one client at a time.
 *
 * Keys are ASCII letters, digits, `.` and `-`, at most 64 bytes; values are texts of at most 64 kB. A write replaces a
 * value as a whole or not at all. Throw anything when a step cannot be done: the core tells that the step failed
 * ([RockOnException.Secrets]); the text of what was thrown goes nowhere.
 */
interface SecretStore {
    /**
     * The value, null if there is none. Throws [SecretLostException] when something is there that can never be opened
     * again: its person is asked to sign in again, and everything else stays. Throws anything else when it cannot be known
     * now but may be later, such as before the first unlock: then the client does not open.
     */
    fun read(key: String): Secret?

    /** Writes or replaces a value, durably; a lost one too. Throws when the old value may still be there. */
    fun write(
        key: String,
        value: Secret,
    )

    /** Removes a value; nothing if there is none. Throws when it may still be there. */
    fun delete(key: String)
}

/**
 * A secret is there and can never be opened again: a backup was restored on another phone, or the Keystore has thrown its
 * key away (`KeyPermanentlyInvalidatedException`, `UnrecoverableKeyException`, `AEADBadTagException`).
 */
class SecretLostException : Exception("a secret is lost")

/** A store that forgets everything when the process ends: for tests and previews. */
class MemorySecrets : SecretStore {
    private val held = java.util.concurrent.ConcurrentHashMap<String, Secret>()

    override fun read(key: String): Secret? = held[key]

    override fun write(
        key: String,
        value: Secret,
    ) {
        held[key] = value
    }

    override fun delete(key: String) {
        held.remove(key)
    }
}

/** The app's store as the core sees it. A stack trace could hold a secret, so none crosses. */
internal class ForeignSecrets(
    private val store: SecretStore,
) : PlatformSecrets {
    override fun read(key: String): String? = step { store.read(key)?.exposed }

    override fun write(
        key: String,
        value: String,
    ) = step { store.write(key, Secret(value)) }

    override fun delete(key: String) = step { store.delete(key) }
}

/** Whatever the app throws becomes one of the two failures the core knows. */
internal inline fun <T> step(call: () -> T): T =
    try {
        call()
    } catch (_: SecretLostException) {
        throw PlatformException.Lost()
    } catch (_: Throwable) {
        throw PlatformException.Failed()
    }
