package org.rockon.desktop

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withTimeout
import org.rockon.RockOn
import org.rockon.Secret
import org.rockon.ui.AppModel
import org.rockon.ui.device.Client
import org.rockon.ui.device.MemoryKept
import org.rockon.ui.device.Server
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

/** A member of the local stack's band, with the password that all of them have. */
internal class Member(val name: String, val password: Secret) {
    val email get() = "${name.lowercase()}@rock-on.test"
}

/** A whole phone: its files, its client of the core, its app. */
internal class Phone(val owner: Member, private val server: Server, folder: Path, scope: CoroutineScope) {
    val device = DesktopDevice(folder.resolve(owner.name.lowercase()), server)
    private val client = Client(device, scope)
    val app = AppModel(client, MemoryKept(), scope)

    suspend fun core(): RockOn = client.open(server)

    suspend fun signIn() {
        core().signIn(owner.email, owner.password)
        core().waitForFirstSync()
    }

    suspend fun close() = client.close()
}

/** The first value that is so. What never comes is a fault, and ends the evening with what was waited for. */
internal suspend fun <T> Flow<T>.awaited(what: String, so: (T) -> Boolean): T = try {
    withTimeout(30.seconds) { first(so) }
} catch (late: kotlinx.coroutines.TimeoutCancellationException) {
    throw IllegalStateException("in vain: $what", late)
}
