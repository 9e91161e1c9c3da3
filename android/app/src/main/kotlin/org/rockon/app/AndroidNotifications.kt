package org.rockon.app

import android.Manifest.permission.POST_NOTIFICATIONS
import android.annotation.SuppressLint
import android.app.Activity
import android.app.ActivityManager
import android.app.Application
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import android.provider.Settings
import androidx.core.app.ActivityCompat
import androidx.core.app.NotificationChannelCompat
import androidx.core.app.NotificationCompat
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
import org.rockon.ui.notices.News
import org.rockon.ui.texts.Texts

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
        context.follow(
            onResumed = {
                window = it
                now.value = read()
            },
            onPaused = { window = null },
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

    fun canTell() = read().answer == Answer.YES

    /** One notification for a batch. Batches that nobody has looked at yet stand beside each other. */
    @SuppressLint("MissingPermission") // without it the system shows nothing
    internal fun tell(news: News, texts: Texts) {
        // Making them again renews their names.
        system.createNotificationChannelsCompat(listOf(BAND, WAITING).map { channel(it, texts) })
        val words = news.lines.joinToString("\n")
        val told = NotificationCompat
            .Builder(context, if (news.asks) WAITING else BAND)
            .setSmallIcon(R.drawable.ic_notification)
            .setContentTitle(if (news.asks) texts.system.channelWaiting else news.title ?: texts.app.name)
            .setContentText(words)
            .setStyle(NotificationCompat.BigTextStyle().bigText(words))
            .setContentIntent(opens(news))
            .setAutoCancel(true)
            .build()
        system.notify("${news.id}", 0, told)
    }

    /** A person can silence one and keep the other. */
    private fun channel(id: String, texts: Texts): NotificationChannelCompat {
        val (name, hint) = texts.system.run {
            if (id == BAND) channelBand to channelBandHint else channelWaiting to channelWaitingHint
        }
        val channel = NotificationChannelCompat.Builder(id, NotificationManagerCompat.IMPORTANCE_DEFAULT)
        return channel.setName(name).setDescription(hint).build()
    }

    private fun opens(news: News): PendingIntent {
        val flags = PendingIntent.FLAG_UPDATE_CURRENT or PendingIntent.FLAG_IMMUTABLE
        return PendingIntent.getActivity(context, news.id.value.toInt(), MainActivity.intent(context, news.goal), flags)
    }

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

    internal companion object {
        const val BAND = "band"
        const val WAITING = "waiting"
        private const val ASKED = "asked"
    }
}
