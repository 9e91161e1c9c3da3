package org.rockon.app

import android.app.Application
import android.util.Log
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import org.rockon.LogLevel
import org.rockon.Logs
import org.rockon.languageOf
import org.rockon.ui.device.Client
import org.rockon.ui.device.isOn
import org.rockon.ui.texts.Texts

/** The process: owns the one client of the core, for the screens and for work in the background. */
class App : Application() {
    /** Lives as long as the process. */
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    internal lateinit var device: AndroidDevice
        private set

    lateinit var client: Client
        private set

    override fun onCreate() {
        super.onCreate()
        // Before the first window: the device counts them.
        device = AndroidDevice(this)
        client = Client(device, scope)
        Logs.start(LogLevel.INFO) { Log.i("rockon", "${it.part}: ${it.text}") }
    }

    /** News that came while nobody looks; on screen the app tells them itself, and what may not be told waits for that. */
    internal suspend fun tellNews() {
        if (device.screen.isOn || !device.notifications.canTell()) return
        val language = client.chosen.state.value.language ?: languageOf(resources.configuration.locales[0].toLanguageTag())
        client.speak(language)
        client.tellNews { device.notifications.tell(it, Texts(language)) }
    }
}
