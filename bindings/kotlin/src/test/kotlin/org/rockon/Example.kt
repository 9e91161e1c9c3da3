package org.rockon

import kotlinx.coroutines.flow.first

/** The lines of the READMEs; [ExampleTest] runs them and holds the texts together. */
internal object Example {
    // example: begin
    suspend fun addSong(
        config: RockOnConfig,
        secrets: SecretStore,
    ) = RockOn.open(config, secrets).use { core ->
        core.setForeground(true)
        core.signIn("eric@rock-on.test", Secret("rock-on-demo"))
        val band = core.bands().first { it.isNotEmpty() }.first()
        core.add(band.id, song { title = "Hello"; key = "A" }) // on the disk now, offline too
        val found = core.songs(band.id, search = "hello").first() // a Flow: collect it and it stays right
        core.statusChanges().first { it.outbox.unsent == 0L } // sent
        found.map { "${it.title} in ${it.key}" }
    }
    // example: end
}
