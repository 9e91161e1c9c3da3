package org.rockon

import org.rockon.ffi.ClientInterface

/** The ways in besides the password, and what a person signs in with. They need a network; nothing of them is queued. */
interface Credentials {
    /**
     * Has a code sent to an address, for [signInWithCode]. With [createAccount] an address without an account gets one when
     * its code is handed in; it has no name then: ask for it and call [Session.setName].
     *
     * @throws RockOnException.Auth with `otp_disabled` where there is no account and none is to be made
     * @throws RockOnException.Server when the last code is not a minute old
     */
    suspend fun requestSignInCode(
        email: String,
        createAccount: Boolean = true,
    )

    /**
     * Signs in by the code that [requestSignInCode] sent, as [Session.signIn] does.
     *
     * @throws RockOnException.Auth with `otp_expired` for a code that is wrong, too old or used up
     */
    suspend fun signInWithCode(
        email: String,
        code: Secret,
    ): Account

    /** Has a code sent to an address whose password is forgotten. It answers the same where nobody has the address. */
    suspend fun requestPasswordReset(email: String)

    /** Signs in by the code that [requestPasswordReset] sent; then call [setPassword]. Throws as [signInWithCode]. */
    suspend fun signInWithResetCode(
        email: String,
        code: Secret,
    ): Account

    /**
     * Signs in by a token of Apple or Google, as [Session.signIn] does. [nonce] is what the app made up for this sign-in, as
     * it is: the service was given its SHA-256 in hexadecimal digits.
     *
     * @throws RockOnException.Auth with `invalid_request` for a token that is not taken, `invalid_nonce`, `provider_disabled`
     */
    suspend fun signInWithIdToken(
        provider: IdProvider,
        token: Secret,
        nonce: Secret? = null,
    ): Account

    /**
     * Gives me another password; my sessions on other devices end. [code] is that of [requestReauthenticationCode], where
     * the server wants one.
     *
     * @throws RockOnException.Auth with `weak_password`, `same_password`, `reauthentication_needed` (have a code sent, then call it
     *   again), `reauthentication_not_valid` (the code)
     */
    suspend fun setPassword(
        password: Secret,
        code: Secret? = null,
    )

    /** Has a code sent to my address, which shows [setPassword] that it is still me. */
    suspend fun requestReauthenticationCode()

    /**
     * Gives me another e-mail address: at once, or when the links of the messages about it have been opened.
     *
     * @throws RockOnException.Auth with `email_exists`, `validation_failed`
     * @throws RockOnException.Server when the last message is not a minute old
     */
    suspend fun setEmail(email: String): EmailChange

    /**
     * An access token for other uses, such as files: good for another minute at least, renewed if it must be. Where tokens
     * live for less than two minutes, for half a life.
     *
     * @throws RockOnException.SignedOut nobody is signed in
     * @throws RockOnException.Offline it must be renewed and cannot be
     */
    suspend fun accessToken(): Secret
}

internal class CoreCredentials(
    private val client: ClientInterface,
) : Credentials {
    override suspend fun requestSignInCode(
        email: String,
        createAccount: Boolean,
    ) = calling { client.requestSignInCode(email, createAccount) }

    override suspend fun signInWithCode(
        email: String,
        code: Secret,
    ) = calling { client.signInWithCode(email, code) }

    override suspend fun requestPasswordReset(email: String) = calling { client.requestPasswordReset(email) }

    override suspend fun signInWithResetCode(
        email: String,
        code: Secret,
    ) = calling { client.signInWithResetCode(email, code) }

    override suspend fun signInWithIdToken(
        provider: IdProvider,
        token: Secret,
        nonce: Secret?,
    ) = calling { client.signInWithIdToken(provider, token, nonce) }

    override suspend fun setPassword(
        password: Secret,
        code: Secret?,
    ) = calling { client.setPassword(password, code) }

    override suspend fun requestReauthenticationCode() = calling { client.requestReauthenticationCode() }

    override suspend fun setEmail(email: String) = calling { client.setEmail(email) }

    override suspend fun accessToken() = calling { client.accessToken() }
}
