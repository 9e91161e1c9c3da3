package org.rockon

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.assertThrows
import org.rockon.stage.Phone
import org.rockon.stage.Stage
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

        override fun read(key: String): String? = held.read(key).also { fail("read") }

        override fun write(
            key: String,
            value: String,
        ) {
            fail("write", value)
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

    private fun failsAt(
        step: String,
        call: suspend () -> Unit,
    ) {
        val failure = assertThrows<SecretsException> { runBlocking { call() } }
        assertEquals(step, failure.step)
        assertFalse("planted" in failure.stackTraceToString())
    }

    @Test
    fun `a store that cannot write lets nobody sign in`() =
        runBlocking<Unit> {
            Stage.world().use { world ->
                val secrets = Failing()
                Phone.of(world, secrets).use { phone ->
                    secrets.failing = "write"
                    failsAt("write") { phone.signIn("eric") }
                    assertTrue(
                        phone.core
                            .statusChanges()
                            .until { true }
                            .session is SignedOut,
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
                assertTrue(phone.core.status.value.session is SignedIn)
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
                        .session is SignedIn,
                )
            }
        }
}
