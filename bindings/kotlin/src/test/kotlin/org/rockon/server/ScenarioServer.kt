package org.rockon.server

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlinx.serialization.json.longOrNull
import org.rockon.ScopeId
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers

/**
 * The scenario server of the tests: worlds on real PostgreSQL. The one at ROCKON_SCENARIO_SERVER, else the program ROCKON_SCENARIO_SERVER_BIN, which
 * ends when its input does: with this process, however that goes.
 */
internal object ScenarioServer {
    private val http = HttpClient.newHttpClient()

    private val address: String by lazy { System.getenv("ROCKON_SCENARIO_SERVER") ?: started() }

    private fun started(): String {
        val program =
            checkNotNull(
                System.getenv("ROCKON_SCENARIO_SERVER_BIN"),
            ) { "set ROCKON_SCENARIO_SERVER or ROCKON_SCENARIO_SERVER_BIN" }
        val server = ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val line = checkNotNull(server.inputStream.bufferedReader().readLine()) { "the scenario server said nothing" }
        return line.removePrefix("scenario server ")
    }

    /** A fresh world with the seed. */
    fun world(): World {
        val told = parse(send("POST", "/worlds")) as Map<*, *>
        return World(
            id = told["id"] as Long,
            url = told["url"] as String,
            anonKey = told["anon_key"] as String,
            password = told["password"] as String,
            band = ScopeId(told["band"] as String),
        )
    }

    internal fun send(
        method: String,
        path: String,
        body: String = "",
    ): String {
        val request = HttpRequest.newBuilder(URI.create(address + path)).method(method, BodyPublishers.ofString(body))
        val answer = http.send(request.header("content-type", "application/json").build(), BodyHandlers.ofString())
        check(answer.statusCode() / 100 == 2) { "the scenario server: ${answer.statusCode()} ${answer.body()}" }
        return answer.body()
    }
}

/** One project of its own. */
internal class World(
    private val id: Long,
    val url: String,
    val anonKey: String,
    val password: String,
    val band: ScopeId,
) : AutoCloseable {
    /** Carries out a `server` step, handed on as it is. */
    fun play(step: String) {
        ScenarioServer.send("POST", "/worlds/$id/steps", step)
    }

    /** The newest code that was sent to an address. */
    fun code(email: String): String =
        (parse(ScenarioServer.send("GET", "/worlds/$id/codes/$email")) as Map<*, *>)["code"] as String

    /** An identity token for a step, and the nonce that was made up for it. */
    fun identityToken(step: Map<String, Any?>): Pair<String, String> {
        val made = parse(ScenarioServer.send("POST", "/worlds/$id/identity_tokens", write(step))) as Map<*, *>
        return made["token"] as String to made["nonce"] as String
    }

    override fun close() {
        ScenarioServer.send("DELETE", "/worlds/$id")
    }
}

/** JSON as Kotlin's own types: null, Boolean, Long, Double, String, List, Map. */
internal fun parse(text: String): Any? = Json.parseToJsonElement(text).plain()

private fun JsonElement.plain(): Any? =
    when (this) {
        is JsonNull -> null
        is JsonPrimitive -> if (isString) content else booleanOrNull ?: longOrNull ?: doubleOrNull
        is JsonArray -> map { it.plain() }
        is JsonObject -> mapValues { it.value.plain() }
    }

/** Kotlin's own types as JSON. */
internal fun write(value: Any?): String =
    when (value) {
        null -> "null"
        is String -> JsonPrimitive(value).toString()
        is List<*> -> value.joinToString(",", "[", "]", transform = ::write)
        is Map<*, *> -> value.entries.joinToString(",", "{", "}") { (name, of) -> "${write(name)}:${write(of)}" }
        else -> value.toString()
    }
