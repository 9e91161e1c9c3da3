package org.rockon

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.assertThrows
import org.rockon.server.Phone
import org.rockon.server.ScenarioServer
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** A Keystore that fails. */
class SecretsTest {
    /** Throws in the steps named, with a text that must go nowhere. */
    private class Failing(
        private val held: SecretStore = MemorySecrets(),
    ) : SecretStore {
        @Volatile var failing: String? = null

        override fun read(key: String): Secret? = held.read(key).also { fail("read") }

        override fun write(
            key: String,
            value: Secret,
        ) {
            fail("write", value.exposed)
            held.write(key, value)
        }

        override fun delete(key: String) {
            fail("delete")
            held.delete(key)
        }

        private fun fail(
            step: String,
            secret: String = "",
        ) {
            if (failing == step) throw IllegalStateException("planted text $secret")
        }
    }

    /** A Keystore whose key has gone: what it held of persons can never be opened again, until it is written again. */
    private class Losing(
        private val held: SecretStore = MemorySecrets(),
    ) : SecretStore by held {
        private val readable =
            java.util.concurrent.ConcurrentHashMap
                .newKeySet<String>()

        fun forget() = readable.clear()

        override fun read(key: String): Secret? {
            val isThere = held.read(key) != null && key != "session.current"
            if (isThere && key !in readable) throw SecretLostException()
            return held.read(key)
        }

        override fun write(
            key: String,
            value: Secret,
        ) {
            readable.add(key)
            held.write(key, value)
        }
    }

    private fun failsAt(
        step: String,
        call: suspend () -> Unit,
    ) {
        val failure = assertThrows<RockOnException.Secrets> { runBlocking { call() } }
        assertEquals(step, failure.step)
        assertFalse("planted" in failure.stackTraceToString())
    }

    @Test
    fun `a store that cannot write lets nobody sign in`() =
        runBlocking<Unit> {
            ScenarioServer.world().use { world ->
                val secrets = Failing()
                Phone.of(world, secrets).use { phone ->
                    secrets.failing = "write"
                    failsAt("write") { phone.signIn("eric") }
                    assertTrue(
                        phone.core
                            .statusChanges()
                            .until { true }
                            .session is SessionState.SignedOut,
                    )
                    secrets.failing = null
                    phone.signIn("eric")
                }
            }
        }

    @Test
    fun `a store that cannot be read does not open, and nothing is lost`() =
        runBlocking<Unit> {
            val secrets = Failing()
            evening(secrets) { _, phone ->
                phone.core.shutdown()
                secrets.failing = "read"
                failsAt("read") { phone.open() }
                secrets.failing = null
                phone.open()
                assertTrue(phone.core.status.value.session is SessionState.SignedIn)
            }
        }

    @Test
    fun `a secret that is lost asks to sign in again, and what was typed is there and sent after it`() =
        runBlocking<Unit> {
            val secrets = Losing()
            evening(secrets) { _, phone ->
                val band =
                    phone.core
                        .bands()
                        .until { it.isNotEmpty() }
                        .first()
                phone.network(false)
                phone.core.add(band.id, song { title = "Typed Before" })
                phone.core.shutdown()
                secrets.forget()
                phone.open()
                val status = phone.core.statusChanges().until { true }
                assertEquals(AuthErrorCode.StoredSessionUnreadable, (status.session as SessionState.NeedsSignIn).reason)
                assertEquals(1L, status.outbox.unsent)
                assertTrue(
                    phone.core
                        .songs()
                        .first()
                        .any { it.title == "Typed Before" },
                )
                phone.network(true)
                phone.signIn("eric")
                phone.core.statusChanges().until { it.session is SessionState.SignedIn && it.outbox.unsent == 0L }
            }
        }

    @Test
    fun `a store that cannot delete keeps the member signed in`() =
        runBlocking<Unit> {
            val secrets = Failing()
            evening(secrets) { _, phone ->
                secrets.failing = "delete"
                failsAt("delete") { phone.core.signOut() }
                assertTrue(
                    phone.core
                        .statusChanges()
                        .until { true }
                        .session is SessionState.SignedIn,
                )
            }
        }
}
