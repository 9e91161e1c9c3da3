package org.rockon

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import org.rockon.ffi.ClientInterface
import org.rockon.ffi.Items
import kotlin.time.Duration

/** Who is signed in, and what the platform tells the core. */
interface Session {
    /** For the status strip: session, connection, sync and what is unsent. Its last value stays after the client is closed. */
    val status: StateFlow<Status>

    /**
     * The same as a feed of its own, which ends with the client. Its first value is how things are when it is collected,
     * so a job can wait with it until nothing is unsent.
     */
    fun statusChanges(): Flow<Status>

    /**
     * Signs in. Another person's session on this phone ends; their data stays on it, out of sight.
     *
     * @throws RockOnException.Auth with the auth service's code, such as `invalid_credentials`
     */
    suspend fun signIn(
        email: String,
        password: Secret,
    ): Account

    /** Makes an account and, unless its address must be confirmed first, signs it in. [name] is what the bands see. */
    suspend fun signUp(
        email: String,
        password: Secret,
        name: String,
    ): SignUp

    /** My name as my bands see it; null where I have given none yet: then ask for it and call [setName]. */
    suspend fun myName(): String?

    /** Gives me another name, 1 to 80 characters. Returns it as it is stored. */
    suspend fun setName(name: String): String

    /**
     * Deletes my account, and my data on this phone with their unsent edits. What I wrote in my bands stays there, by a
     * "Former member". There is no way back.
     *
     * @throws RockOnException.HandOver where bands would be left without an admin
     */
    suspend fun deleteAccount()

    /**
     * Signs out, without a network if need be; [everywhere] ends the person's sessions on other devices too. Data and
     * unsent edits stay on the phone for the next sign-in of the same person. Flows of their rows complete.
     */
    suspend fun signOut(everywhere: Boolean = false): SignOut

    /**
     * The app is on screen, or not. In the background nothing is sent but by [syncOnce] and, once, what was left to send
     * when the app went there. Nor is a file open or locked there a second after its last use; the next call opens it
     * again, and throws [RockOnException.Storage] if another program has taken it. Returns at once.
     */
    fun setForeground(on: Boolean)

    /** What the platform says about the network; only a hint. Nothing is sent after `false`. Returns at once. */
    fun setNetwork(on: Boolean)

    /**
     * From now on everything is said in this language: notices that are shown are delivered again, and the doctor's next
     * report is in it. Returns at once.
     */
    fun setLanguage(language: Language)

    /**
     * Sends and reads what there is, in the background too, and comes back within [budget]: for background jobs. In the
     * background no file is open then; that may take up to a second more.
     */
    suspend fun syncOnce(budget: Duration): SyncOutcome

    /**
     * Notices for the system to show outside the app, as after [syncOnce], the oldest first: those that were neither looked at
     * nor taken before. They say who did what to which thing, and nothing of what is in it. Each is given once, unless it is
     * news again: then it has its id, and takes the place of what was shown. An app that shows notices on screen takes them
     * too, so that none of those is told again later.
     */
    suspend fun takeUntold(limit: Int): List<Untold>

    /**
     * Ends when everything of the member who is signed in now has been read once, in this run or in an earlier one: until
     * then a list that is short may still be filling.
     *
     * @throws RockOnException.SignedOut nobody is signed in, or they sign out first
     */
    suspend fun waitForFirstSync()

    /** Stops everything and waits until the files are free, then closes the client. Idempotent. */
    suspend fun shutdown()
}

internal class CoreSession(
    private val client: ClientInterface,
    private val flows: Flows,
    override val status: StateFlow<Status>,
    private val ended: () -> Boolean,
    private val close: () -> Unit,
) : Session {
    override fun statusChanges() = flows.value({ client.observeStatus() }) { (it as Items.StatusNow).value }

    override suspend fun signIn(
        email: String,
        password: Secret,
    ) = calling { client.signIn(email, password) }

    override suspend fun signUp(
        email: String,
        password: Secret,
        name: String,
    ) = calling { client.signUp(email, password, name) }

    override suspend fun myName() = calling { client.myName() }

    override suspend fun setName(name: String) = calling { client.setName(name) }

    override suspend fun deleteAccount() = calling { client.deleteAccount() }

    override suspend fun signOut(everywhere: Boolean) = calling { client.signOut(everywhere) }

    override fun setForeground(on: Boolean) = guarded { client.setForeground(on) }

    override fun setNetwork(on: Boolean) = guarded { client.setNetwork(on) }

    override fun setLanguage(language: Language) = guarded { client.setLanguage(language) }

    override suspend fun syncOnce(budget: Duration) =
        calling {
            client.syncOnce(budget.inWholeMilliseconds.coerceIn(0, UInt.MAX_VALUE.toLong()).toUInt())
        }

    override suspend fun takeUntold(limit: Int) = calling { client.takeUntold(limit(limit)) }

    override suspend fun waitForFirstSync() = calling { client.waitForFirstSync() }

    override suspend fun shutdown() {
        if (ended()) return
        calling { client.shutdown() }
        close()
    }
}
