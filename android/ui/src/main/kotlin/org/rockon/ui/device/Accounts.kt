package org.rockon.ui.device

import org.rockon.IdProvider
import org.rockon.Secret

/** Accounts of other services that the phone can sign in by. What is not configured is not offered. */
interface Accounts {
    /** Those that there are on this phone. */
    val offered: List<IdProvider>

    /** Lets the person choose an account; null when they would rather not. */
    suspend fun token(of: IdProvider): IdToken?

    /** A build without any. */
    object None : Accounts {
        override val offered: List<IdProvider> = emptyList()

        override suspend fun token(of: IdProvider): IdToken? = null
    }
}

/**
 * What a service says of a person.
 *
 * @property nonce what was made up for this sign-in, as it is: the service was given its SHA-256 in hexadecimal digits
 */
class IdToken(val token: Secret, val nonce: Secret?)
