package org.rockon.ui.device

/** What the person has chosen for this phone: small texts that outlive the app's end, for whoever is signed in. For the main thread. */
interface Preferences {
    operator fun get(key: String): String?

    /** Null forgets it. */
    operator fun set(key: String, value: String?)
}

/** For places that never lose their process, and for tests. */
class MemoryPreferences : Preferences {
    private val held = mutableMapOf<String, String>()

    override fun get(key: String): String? = held[key]

    override fun set(key: String, value: String?) {
        if (value == null) held.remove(key) else held[key] = value
    }
}
