package org.rockon.scenarios

import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.TakenItem
import org.rockon.UserId
import org.rockon.code
import org.rockon.server.Phone
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.server.write
import kotlin.time.Duration

/** Why a scenario ended early, and at which step, from 0. */
internal class Failure(
    val step: Int,
    text: String,
    cause: Exception,
) : AssertionError("step $step: $text", cause)

/** A scenario in play: a world, its phones, and the words given to what they make. */
internal class ScenarioRun(
    internal val world: World,
    internal val patience: Duration,
) : AutoCloseable {
    private val phones = HashMap<String, Phone>()

    /** What was given or looked up; a name goes on meaning the same row. */
    private val rows = HashMap<Pair<Kind, String>, RowId>()
    internal val bands = HashMap<String, ScopeId>()
    internal val taken = HashMap<RowId, TakenItem>()
    internal val codes = HashMap<String, String>()

    private suspend fun step(step: Map<String, Any?>) {
        if ("server" in step) return world.play(write(step))
        val members = Members(step)
        val name = members.text("phone")
        if (members.has("expect")) return expect(phone(name).core, members)
        val fails = members.textOrNull("fails")
        try {
            act(name, members)
        } catch (error: RockOnException) {
            check(fails == error.code || fails == told(error)) { "it fails: ${told(error)}" }
            return
        }
        check(fails == null) { "it worked; it should fail: $fails" }
    }

    /** `auth:otp_expired`: with the reason that the auth service gave. */
    private fun told(error: RockOnException) = if (error is RockOnException.Auth) "auth:${error.reason.code}" else error.code

    /** The phone of this name; new when it is first named. */
    internal suspend fun phone(name: String): Phone = phones.getOrPut(name) { Phone.of(world) }

    /** Gives a row a word. */
    internal fun name(
        kind: Kind,
        word: String?,
        id: RowId,
    ) {
        if (word != null) rows[kind to word] = id
    }

    /** The row that a word or a name means, if that is known already. */
    internal fun known(
        kind: Kind,
        name: String,
    ): RowId? = rows[kind to name]

    /** The row that a word or a name means; a name is waited for. */
    internal suspend fun row(
        core: RockOn,
        kind: Kind,
        name: String,
    ): RowId =
        known(kind, name)
            ?: until(patience, { core.items(kind) }) { rows -> rows.find { it.name == name }?.id }
                .also { name(kind, name, it) }

    /** The band of the seed, or one that the scenario made. */
    internal fun band(word: String?): ScopeId = if (word == null) world.band else bands.getValue(word)

    /** A member of the band of the seed. */
    internal suspend fun member(
        core: RockOn,
        name: String,
    ): UserId =
        until(patience, { core.members(world.band, former = true) }) { members ->
            members.find { it.name.equals(name, ignoreCase = true) }?.user
        }

    override fun close() {
        phones.values.forEach { it.close() }
        world.close()
    }

    companion object {
        /** Plays all steps, or up to the first that fails. */
        suspend fun play(scenario: Scenario) =
            ScenarioRun(ScenarioServer.world(), scenario.patience).use { play ->
                scenario.steps.forEachIndexed { at, step ->
                    try {
                        play.step(step)
                    } catch (error: Exception) {
                        throw Failure(at, "$step: $error", error)
                    }
                }
            }
    }
}
