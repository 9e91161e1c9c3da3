package org.rockon.app

import android.content.Context
import androidx.core.content.edit
import org.rockon.ui.device.Server
import org.rockon.ui.device.Servers

/** The server that the person chose, else the build's own. */
class AndroidServers(private val context: Context) : Servers {
    private val chosen by lazy { context.getSharedPreferences("server", Context.MODE_PRIVATE) }

    override fun read(): Server? {
        val url = chosen.getString(URL, null) ?: context.getString(R.string.server_url)
        val key = chosen.getString(KEY, null) ?: context.getString(R.string.server_key)
        return if (url.isEmpty()) null else Server(url, key)
    }

    override fun write(server: Server) = chosen.edit {
        putString(URL, server.url)
        putString(KEY, server.key)
    }

    private companion object {
        const val URL = "url"
        const val KEY = "key"
    }
}
