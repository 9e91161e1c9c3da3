package org.rockon

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.launch
import org.rockon.ffi.Client
import org.rockon.ffi.ClientInterface
import org.rockon.ffi.coreVersion
import java.io.Closeable

/**
 * One phone's client of one project: the whole core. A screen takes the part it needs ([Feeds], [Edits], ...), and its
 * test gives it another.
 *
 * May be used from any thread, the main thread included: what touches the disk or the network is `suspend` and works
 * elsewhere. Every failure is a [RockOnException].
 */
interface RockOn :
    Session,
    Credentials,
    Feeds,
    Edits,
    Setlists,
    Gigs,
    Bands,
    Tools,
    Closeable {
    /**
     * Lets the core go: flows complete, calls after it throw [RockOnException.Closed], calls on their way come to their end.
     * Does not wait; [Session.shutdown] does. Idempotent.
     */
    override fun close()

    companion object {
        /**
         * Opens the client: the data of the stored session can be read at once, without a network. In the background
         * until [Session.setForeground] says otherwise.
         *
         * @throws RockOnException.Config a setting is unusable
         * @throws RockOnException.Secrets the secrets could not be read
         * @throws RockOnException.Storage the database could not be opened
         */
        suspend fun open(
            config: RockOnConfig,
            secrets: SecretStore,
        ): RockOn =
            calling {
                val client = Client.open(config, ForeignSecrets(secrets))
                try {
                    CoreClient.of(client, client)
                } catch (error: Exception) {
                    client.close()
                    throw error
                }
            }

        /** Version of the core, such as `0.1.0`. */
        val version: String get() = coreVersion()
    }
}

/** The core behind [RockOn]: joins the parts and ends them together. */
internal class CoreClient private constructor(
    client: ClientInterface,
    private val release: AutoCloseable,
    private val alive: Job,
    flows: Flows,
    state: MutableStateFlow<Status>,
) : RockOn,
    Session by CoreSession(client, flows, state, { alive.isCancelled }, { end(release, alive) }),
    Credentials by CoreCredentials(client),
    Feeds by CoreFeeds(client, flows),
    Edits by CoreEdits(client),
    Setlists by CoreSetlists(client),
    Gigs by CoreGigs(client, flows),
    Bands by CoreBands(client),
    Tools by CoreTools(client, flows) {
    override fun close() = end(release, alive)

    companion object {
        /** Takes the client over, and [release] with it, which frees it; its status is known when this returns. */
        suspend fun of(
            client: ClientInterface,
            release: AutoCloseable,
        ): CoreClient {
            val alive = SupervisorJob()
            val flows = Flows(alive)
            val state = MutableStateFlow(client.statusNow() ?: throw RockOnException.Closed())
            val made = CoreClient(client, release, alive, flows, state)
            CoroutineScope(alive + Dispatchers.IO).launch { follow(made, state) }
            return made
        }

        /** Nobody waits for this: what it threw would end the app. */
        internal suspend fun follow(
            made: CoreClient,
            state: MutableStateFlow<Status>,
        ) = try {
            made.statusChanges().collect { state.value = it }
        } catch (_: RockOnException.Closed) {
            // Closed before it began; the status of then stays.
        }

        private fun end(
            release: AutoCloseable,
            alive: Job,
        ) {
            alive.cancel()
            release.close()
        }
    }
}
