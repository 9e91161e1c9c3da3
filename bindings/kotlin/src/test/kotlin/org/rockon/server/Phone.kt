package org.rockon.server

import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeout
import org.rockon.MemorySecrets
import org.rockon.RockOn
import org.rockon.RockOnConfig
import org.rockon.RockOnException
import org.rockon.Secret
import org.rockon.SecretStore
import org.rockon.StorageFailure
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** How long a state may take before a test fails. */
internal val PATIENCE = 20.seconds

/** A phone: a client with its own directory and secrets, which can be killed and opened again. */
internal class Phone private constructor(
    private val world: World,
    private val secrets: SecretStore,
    private val dir: Path,
) : AutoCloseable {
    private var running: RockOn? = null
    private var foreground = true
    private var network = true

    val core: RockOn get() = checkNotNull(running) { "the program is not running" }

    /** The program is started and told what the platform said last; of the network first, so that nothing is sent meanwhile. */
    suspend fun open() {
        val config = RockOnConfig(world.url, Secret(world.anonKey), dir)
        val core = withTimeout(PATIENCE) { unlocked { RockOn.open(config, secrets) } }
        core.setNetwork(network)
        core.setForeground(foreground)
        running = core
    }

    /** The program ends without a word: nothing is shut down. */
    fun kill() {
        core.close()
        running = null
    }

    fun network(on: Boolean) {
        network = on
        core.setNetwork(on)
    }

    fun foreground(on: Boolean) {
        foreground = on
        core.setForeground(on)
    }

    suspend fun signIn(
        member: String,
        password: String = world.password,
    ) = core.signIn("$member@rock-on.test", Secret(password))

    override fun close() {
        running?.close()
        dir.toFile().deleteRecursively()
    }

    companion object {
        /** A new phone with nobody signed in, in the foreground. */
        suspend fun of(
            world: World,
            secrets: SecretStore = MemorySecrets(),
        ): Phone {
            val phone = Phone(world, secrets, Files.createTempDirectory("rockon-phone"))
            phone.open()
            return phone
        }
    }
}

/** A program that was just killed frees its file a moment later than a real kill would, and nobody tells when. */
private suspend fun <T> unlocked(open: suspend () -> T): T {
    while (true) {
        try {
            return open()
        } catch (error: RockOnException.Storage) {
            if (error.failure !is StorageFailure.Locked) throw error
            delay(5.milliseconds)
        }
    }
}
