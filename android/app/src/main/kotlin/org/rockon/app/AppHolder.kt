package org.rockon.app

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.ViewModelProvider.AndroidViewModelFactory.Companion.APPLICATION_KEY
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewModelScope
import androidx.lifecycle.viewmodel.initializer
import androidx.lifecycle.viewmodel.viewModelFactory
import org.rockon.ui.AppModel
import org.rockon.ui.device.Kept

/** Carries the app's model over rotations. */
class AppHolder(application: App, saved: SavedStateHandle) : ViewModel() {
    val app = AppModel(application.client, SavedKept(saved), viewModelScope)

    companion object {
        val Factory = viewModelFactory {
            initializer { AppHolder(checkNotNull(this[APPLICATION_KEY]) as App, createSavedStateHandle()) }
        }
    }
}

/** Small texts in the saved state of the window. */
internal class SavedKept(private val saved: SavedStateHandle) : Kept {
    override fun get(key: String): String? = saved[key]

    override fun set(key: String, value: String?) {
        if (value == null) saved.remove<String>(key) else saved[key] = value
    }

    override fun clear(prefix: String) = saved.keys().filter { it.startsWith(prefix) }.forEach { saved.remove<String>(it) }
}
