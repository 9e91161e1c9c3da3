package org.rockon.app

import android.app.Application
import android.util.Log
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import org.rockon.LogLevel
import org.rockon.Logs
import org.rockon.ui.device.Client

/** The process: owns the one client of the core, for the screens and for work in the background. */
class App : Application() {
    /** Lives as long as the process. */
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    lateinit var client: Client
        private set

    override fun onCreate() {
        super.onCreate()
        // Before the first window: the device counts them.
        client = Client(AndroidDevice(this), scope)
        Logs.start(LogLevel.INFO) { Log.i("rockon", "${it.part}: ${it.text}") }
    }
}
