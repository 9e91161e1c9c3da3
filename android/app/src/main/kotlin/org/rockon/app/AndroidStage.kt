package org.rockon.app

import android.app.Activity
import android.app.Application
import android.content.pm.ActivityInfo
import android.view.WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON
import androidx.core.view.WindowCompat
import androidx.core.view.WindowInsetsCompat
import androidx.core.view.WindowInsetsControllerCompat
import org.rockon.ui.device.Stage
import java.util.WeakHashMap

/** Our windows on stage: lit, without the bars of the system, whose gestures then need two swipes. One made meanwhile is too. */
class AndroidStage(application: Application) : Stage {
    private val windows = WeakHashMap<Activity, Unit>()
    private var isOn = false
    private var isLocked = false

    init {
        application.follow(
            onStarted = {
                windows[it] = Unit
                if (isOn) light(it)
            },
            onDestroyed = { windows.remove(it) },
        )
    }

    override fun enter() {
        isOn = true
        windows.keys.forEach(::light)
    }

    override fun lockRotation(on: Boolean) {
        isLocked = on
        windows.keys.forEach(::turn)
    }

    override fun leave() {
        isOn = false
        isLocked = false
        windows.keys.forEach(::light)
    }

    private fun light(activity: Activity) {
        val window = activity.window
        if (isOn) window.addFlags(FLAG_KEEP_SCREEN_ON) else window.clearFlags(FLAG_KEEP_SCREEN_ON)
        val bars = WindowCompat.getInsetsController(window, window.decorView)
        bars.systemBarsBehavior = WindowInsetsControllerCompat.BEHAVIOR_SHOW_TRANSIENT_BARS_BY_SWIPE
        if (isOn) bars.hide(WindowInsetsCompat.Type.systemBars()) else bars.show(WindowInsetsCompat.Type.systemBars())
        turn(activity)
    }

    private fun turn(activity: Activity) {
        activity.requestedOrientation =
            if (isLocked) ActivityInfo.SCREEN_ORIENTATION_LOCKED else ActivityInfo.SCREEN_ORIENTATION_UNSPECIFIED
    }
}
