package org.rockon.ui.device

import org.rockon.Secret
import org.rockon.SecretLostException
import org.rockon.SecretStore

/** Hands everything on, and remembers when a secret was there that nobody can open again: its person has not signed out themselves. */
internal class WatchedSecrets(private val held: SecretStore) : SecretStore by held {
    @Volatile
    var isLost = false
        private set

    override fun read(key: String): Secret? = try {
        held.read(key)
    } catch (lost: SecretLostException) {
        isLost = true
        throw lost
    }

    /** Somebody has signed in again. */
    override fun write(key: String, value: Secret) {
        held.write(key, value)
        isLost = false
    }
}
