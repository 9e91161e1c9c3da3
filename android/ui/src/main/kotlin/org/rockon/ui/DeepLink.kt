package org.rockon.ui

import org.rockon.RowId
import org.rockon.ui.device.Server
import java.net.URI
import java.net.URISyntaxException
import java.net.URLDecoder

/** What a link of the app asks for. */
sealed interface DeepLink {
    /** `rockon://join/CODE`: into a band. */
    data class Join(
        val code: String,
    ) : DeepLink

    /** `rockon://server?url=..&key=..`: the band has a server of its own. */
    data class AnotherServer(
        val server: Server,
    ) : DeepLink

    /** `rockon://setlist/ID`. */
    data class Setlist(
        val id: RowId,
    ) : DeepLink

    companion object {
        private val ID = Regex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        private val CODE = Regex("[A-Za-z0-9-]{4,64}")

        /** Reads a link, which anybody may have made; null for all that is none of ours. */
        fun parse(text: String): DeepLink? {
            val uri =
                try {
                    URI(text.trim())
                } catch (_: URISyntaxException) {
                    return null
                }
            if (uri.scheme?.lowercase() != "rockon") return null
            val rest = uri.path.orEmpty().removePrefix("/")
            return when (uri.host ?: uri.authority) {
                "join" -> rest.takeIf(CODE::matches)?.let(::Join)
                "setlist" -> rest.lowercase().takeIf(ID::matches)?.let { Setlist(RowId(it)) }
                "server" -> server(uri.rawQuery.orEmpty())?.let(::AnotherServer)
                else -> null
            }
        }

        private fun server(query: String): Server? {
            val given =
                query.split('&').associate {
                    val (name, value) = (it.split('=', limit = 2) + "")
                    name to URLDecoder.decode(value, Charsets.UTF_8.name())
                }
            val url = given["url"].orEmpty()
            val key = given["key"].orEmpty()
            val scheme = url.substringBefore("://", "")
            return Server(url, key).takeIf { scheme in setOf("http", "https") && key.isNotBlank() }
        }
    }
}
