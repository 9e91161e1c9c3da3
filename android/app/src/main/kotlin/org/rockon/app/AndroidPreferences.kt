package org.rockon.app

import android.content.Context
import androidx.core.content.edit
import org.rockon.ui.device.Preferences

/** The person's choices in a file of the app's own. */
class AndroidPreferences(private val context: Context) : Preferences {
    private val held by lazy { context.getSharedPreferences("choices", Context.MODE_PRIVATE) }

    override fun get(key: String): String? = held.getString(key, null)

    override fun set(key: String, value: String?) = held.edit { putString(key, value) }
}
