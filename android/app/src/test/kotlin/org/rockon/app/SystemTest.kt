package org.rockon.app

import android.net.ConnectivityManager
import android.os.Looper
import androidx.core.content.getSystemService
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.WorkManagerTestInitHelper
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowNetwork
import org.rockon.Secret
import org.rockon.SecretLostException
import org.rockon.SessionState
import org.rockon.server.PATIENCE
import org.rockon.song
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What only Android has, each behind its interface. */
@RunWith(RobolectricTestRunner::class)
class SystemTest {
    @get:Rule
    internal val server = OnServer()

    private val system: ConnectivityManager get() = checkNotNull(server.app.getSystemService())

    @Test
    fun `the core learns of the network what the system says`() = runBlocking<Unit> {
        val core = server.core()
        shadowOf(system).networkCallbacks.forEach { it.onLost(ShadowNetwork.newInstance(7)) }
        withTimeout(PATIENCE) { core.status.first { !it.network } }
        shadowOf(system).networkCallbacks.forEach { it.onAvailable(ShadowNetwork.newInstance(7)) }
        withTimeout(PATIENCE) { core.status.first { it.network } }
        server.app.client.close()
        assertEquals(0, shadowOf(system).networkCallbacks.size)
    }

    @Test
    fun `an edit in the background is sent by the system's job`() = runBlocking<Unit> {
        server.signIn()
        val core = server.core()
        core.add(server.world.band, song { title = "Written on the bus" })
        val work = WorkManager.getInstance(server.app)
        val asked = withTimeout(PATIENCE) { work.getWorkInfosForUniqueWorkFlow("sync").first { it.isNotEmpty() } }.single()
        assertEquals(1, core.status.value.outbox.unsent)
        checkNotNull(WorkManagerTestInitHelper.getTestDriver(server.app)).setAllConstraintsMet(asked.id)
        shadowOf(Looper.getMainLooper()).idle()
        withTimeout(PATIENCE) { work.getWorkInfoByIdFlow(asked.id).first { it?.state == WorkInfo.State.SUCCEEDED } }
        withTimeout(PATIENCE) { core.status.first { it.outbox.unsent == 0L } }
    }

    @Test
    fun `secrets are sealed, and a lost key is told as lost`() {
        val folder =
            server.app.noBackupFilesDir
                .toPath()
                .resolve("test")
        val secrets = KeystoreSecrets(folder)
        assertNull(secrets.read("session"))
        secrets.write("session", Secret("the token"))
        assertEquals(Secret("the token"), KeystoreSecrets(folder).read("session"))
        val bytes = folder.resolve("session").toFile().readBytes()
        assertEquals(-1, String(bytes, Charsets.ISO_8859_1).indexOf("the token"))
        FakeKeyStore.keys.clear()
        assertFailsWith<SecretLostException> { secrets.read("session") }
        secrets.write("session", Secret("another"))
        assertEquals(Secret("another"), secrets.read("session"))
        secrets.delete("session")
        assertNull(secrets.read("session"))
    }

    @Test
    fun `with the key gone the same person signs in again and finds everything`() = runBlocking<Unit> {
        server.signIn()
        // Not on screen: the core reads when it is asked to.
        assertTrue(server.core().syncOnce(PATIENCE).complete)
        val all = server.core().countSongs(server.world.band)
        server.app.client.close()
        FakeKeyStore.keys.clear()
        val session =
            server
                .core()
                .status.value.session
        assertFalse(session is SessionState.SignedIn)
        server.signIn()
        assertTrue(all > 0)
        assertEquals(all, server.core().countSongs(server.world.band))
    }
}
