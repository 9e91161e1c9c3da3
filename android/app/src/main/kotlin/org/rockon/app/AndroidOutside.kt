package org.rockon.app

import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.CalendarContract
import androidx.core.content.getSystemService
import org.rockon.ui.device.Event
import org.rockon.ui.device.Outside
import kotlin.time.Duration.Companion.minutes

/** Other apps, by intents. A new task each: it is not one of our windows that asks. */
class AndroidOutside(private val context: Context) : Outside {
    override fun share(text: String) {
        val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
        context.startActivity(Intent.createChooser(send, null).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    override fun copy(text: String) {
        context.getSystemService<ClipboardManager>()?.setPrimaryClip(ClipData.newPlainText(null, text))
    }

    override fun save(name: String, type: String, text: String) =
        context.startActivity(SaveActivity.intent(context, name, type, text))

    override fun open(link: String): Boolean = started(Intent(Intent.ACTION_VIEW, Uri.parse(link)))

    override fun remember(event: Event): Boolean {
        val begin = event.begin.toEpochMilliseconds()
        val insert =
            Intent(Intent.ACTION_INSERT, CalendarContract.Events.CONTENT_URI)
                .putExtra(CalendarContract.Events.TITLE, event.title)
                .putExtra(CalendarContract.Events.EVENT_LOCATION, event.where)
                .putExtra(CalendarContract.Events.DESCRIPTION, event.notes)
                .putExtra(CalendarContract.EXTRA_EVENT_BEGIN_TIME, begin)
        event.minutes?.let { insert.putExtra(CalendarContract.EXTRA_EVENT_END_TIME, begin + it.minutes.inWholeMilliseconds) }
        return started(insert)
    }

    private fun started(intent: Intent): Boolean = try {
        context.startActivity(intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
        true
    } catch (_: ActivityNotFoundException) {
        false
    }
}
