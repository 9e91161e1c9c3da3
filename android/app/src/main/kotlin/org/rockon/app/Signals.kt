package org.rockon.app

import android.app.Activity
import android.app.Application
import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.os.Bundle
import androidx.core.content.getSystemService
import org.rockon.ui.device.Signal
import java.util.concurrent.CopyOnWriteArrayList

/** There is a network, or none, as the system says. Only a hint: without it the core finds out by trying. */
class NetworkSignal(context: Context) : Signal {
    private val system: ConnectivityManager? = context.getSystemService()

    override fun follow(tell: (Boolean) -> Unit): AutoCloseable {
        val manager = system ?: return AutoCloseable {}
        val callback = object : ConnectivityManager.NetworkCallback() {
            override fun onAvailable(network: Network) = tell(true)

            override fun onLost(network: Network) = tell(false)
        }
        // The callback says nothing while there is none.
        tell(manager.activeNetwork != null)
        manager.registerDefaultNetworkCallback(callback)
        return AutoCloseable { manager.unregisterNetworkCallback(callback) }
    }
}

/**
 * The app is on screen, or not: whether one of its windows is started. A window that is made again for a rotation does not count as
 * gone. Made before the first window is.
 */
class ScreenSignal(application: Application) : Signal {
    private val told = CopyOnWriteArrayList<(Boolean) -> Unit>()
    private var started = 0

    @Volatile
    private var isOn = false

    init {
        application.follow(
            onStarted = {
                started += 1
                turn(true)
            },
            onStopped = {
                started -= 1
                if (started == 0 && !it.isChangingConfigurations) turn(false)
            },
        )
    }

    override fun follow(tell: (Boolean) -> Unit): AutoCloseable {
        told += tell
        tell(isOn)
        return AutoCloseable { told -= tell }
    }

    private fun turn(on: Boolean) {
        if (on == isOn) return
        isOn = on
        told.forEach { it(on) }
    }
}

/** Tells what happens to the windows of the app. */
internal fun Application.follow(
    onStarted: (Activity) -> Unit = {},
    onResumed: (Activity) -> Unit = {},
    onPaused: (Activity) -> Unit = {},
    onStopped: (Activity) -> Unit = {},
    onDestroyed: (Activity) -> Unit = {},
) = registerActivityLifecycleCallbacks(
    object : Application.ActivityLifecycleCallbacks {
        override fun onActivityCreated(activity: Activity, savedInstanceState: Bundle?) = Unit

        override fun onActivityStarted(activity: Activity) = onStarted(activity)

        override fun onActivityResumed(activity: Activity) = onResumed(activity)

        override fun onActivityPaused(activity: Activity) = onPaused(activity)

        override fun onActivityStopped(activity: Activity) = onStopped(activity)

        override fun onActivitySaveInstanceState(activity: Activity, outState: Bundle) = Unit

        override fun onActivityDestroyed(activity: Activity) = onDestroyed(activity)
    },
)
