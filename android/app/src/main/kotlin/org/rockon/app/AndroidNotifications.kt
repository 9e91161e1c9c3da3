package org.rockon.app

import android.Manifest.permission.POST_NOTIFICATIONS
import android.app.Activity
import android.app.ActivityManager
import android.app.Application
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import android.provider.Settings
import androidx.core.app.ActivityCompat
import androidx.core.app.NotificationManagerCompat
import androidx.core.content.ContextCompat
import androidx.core.content.edit
import androidx.core.content.getSystemService
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.rockon.ui.device.Allowed
import org.rockon.ui.device.Allowed.Answer
import org.rockon.ui.device.Notifications

/**
 * What the system shows for the app. What the person allows is read whenever a window comes to the front: they may come from the
 * system's settings, or from the question. Made before the first window is.
 */
class AndroidNotifications(private val context: Application) : Notifications {
    private val system = NotificationManagerCompat.from(context)
    private val asked by lazy { context.getSharedPreferences("notifications", Context.MODE_PRIVATE) }
    private val now by lazy { MutableStateFlow(read()) }
    override val allowed: StateFlow<Allowed> get() = now.asStateFlow()

    /** The window in front: only it can ask. */
    private var window: Activity? = null

    init {
        context.registerActivityLifecycleCallbacks(
            object : Windows {
                override fun onActivityResumed(activity: Activity) {
                    window = activity
                    now.value = read()
                }

                override fun onActivityPaused(activity: Activity) {
                    window = null
                }
            },
        )
    }

    override fun ask() {
        val asking = window ?: return
        decline()
        ActivityCompat.requestPermissions(asking, arrayOf(POST_NOTIFICATIONS), 0)
    }

    override fun decline() {
        asked.edit { putBoolean(ASKED, true) }
        now.value = read()
    }

    override fun openSettings() {
        val page = Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS).putExtra(Settings.EXTRA_APP_PACKAGE, context.packageName)
        context.startActivity(page.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    override fun clear() = system.cancelAll()

    private fun read(): Allowed {
        val answer =
            when {
                isGranted() && system.areNotificationsEnabled() -> Answer.YES
                !isGranted() && !asked.getBoolean(ASKED, false) -> Answer.UNASKED
                else -> Answer.NO
            }
        return Allowed(answer, !isRestricted())
    }

    /** Before Android 13 there is no question: they are allowed until they are switched off. */
    private fun isGranted() = Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU ||
        ContextCompat.checkSelfPermission(context, POST_NOTIFICATIONS) == PERMISSION_GRANTED

    private fun isRestricted() = Build.VERSION.SDK_INT >= Build.VERSION_CODES.P &&
        context.getSystemService<ActivityManager>()?.isBackgroundRestricted == true

    private companion object {
        const val ASKED = "asked"
    }
}
