package org.rockon.app

import android.app.Application
import android.content.Intent
import android.provider.CalendarContract
import androidx.test.core.app.ApplicationProvider
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.rockon.ui.device.Event
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import kotlin.time.Instant

/** What other apps are asked for. */
@RunWith(RobolectricTestRunner::class)
class OutsideTest {
    private val app: Application get() = ApplicationProvider.getApplicationContext()
    private val begin = Instant.parse("2026-12-05T20:00:00Z")

    @Test
    fun `a show goes into the calendar with its place and its end`() {
        assertTrue(AndroidOutside(app).remember(Event("The Crown", "12 Mill Lane", "Monitors", begin, 150)))
        val asked = shadowOf(app).nextStartedActivity
        assertEquals(Intent.ACTION_INSERT to CalendarContract.Events.CONTENT_URI, asked.action to asked.data)
        assertEquals(
            listOf("The Crown", "12 Mill Lane", "Monitors"),
            listOf(
                CalendarContract.Events.TITLE,
                CalendarContract.Events.EVENT_LOCATION,
                CalendarContract.Events.DESCRIPTION,
            ).map(asked::getStringExtra),
        )
        val times = listOf(
            CalendarContract.EXTRA_EVENT_BEGIN_TIME,
            CalendarContract.EXTRA_EVENT_END_TIME,
        ).map { asked.getLongExtra(it, 0) }
        assertEquals(listOf(begin.toEpochMilliseconds(), Instant.parse("2026-12-05T22:30:00Z").toEpochMilliseconds()), times)
    }

    @Test
    fun `a phone without an app for it says so`() {
        shadowOf(app).checkActivities(true)
        assertFalse(AndroidOutside(app).remember(Event("The Crown", null, null, begin, null)))
        assertFalse(AndroidOutside(app).open("geo:0,0?q=The%20Crown"))
        assertFalse(AndroidOutside(app).open("tel:+441632960001"))
    }
}
