package org.rockon

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withTimeout
import org.rockon.server.PATIENCE
import org.rockon.server.Phone
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import java.nio.file.Files
import java.nio.file.Path

/** A directory that is gone afterwards. */
internal inline fun temporary(use: (Path) -> Unit) {
    val dir = Files.createTempDirectory("rockon-test")
    try {
        use(dir)
    } finally {
        dir.toFile().deleteRecursively()
    }
}

/** A world with Eric's phone in it, signed in, with everything read. */
internal suspend fun evening(
    secrets: SecretStore = MemorySecrets(),
    play: suspend (World, Phone) -> Unit,
) = ScenarioServer.world().use { world ->
    Phone.of(world, secrets).use { phone ->
        phone.signIn("eric")
        phone.core.songs().until { it.isNotEmpty() }
        play(world, phone)
    }
}

/** The first value that is as wanted, or a failure when patience ends. */
internal suspend fun <T> Flow<T>.until(wanted: suspend (T) -> Boolean): T = withTimeout(PATIENCE) { first { wanted(it) } }
