package org.rockon.ui

import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.util.Locale
import kotlin.time.Instant
import kotlin.time.toJavaInstant

/** Seconds as musicians write them: `3:45`, `1:02:00`. */
internal fun length(seconds: Long): String {
    val (hours, rest) = seconds / 3600 to seconds % 3600
    val (minutes, last) = rest / 60 to "${rest % 60}".padStart(2, '0')
    return if (hours > 0) "$hours:${"$minutes".padStart(2, '0')}:$last" else "$minutes:$last"
}

private val LENGTH = Regex("(?:(\\d{1,3}):)?(\\d{1,3}):([0-5]\\d)")

/** What [length] writes, in seconds; null for anything else. */
internal fun seconds(text: String): Long? {
    val (hours, minutes, last) = LENGTH.matchEntire(text.trim())?.destructured ?: return null
    return (hours.ifEmpty { "0" }.toLong() * 60 + minutes.toLong()) * 60 + last.toLong()
}

/** Date and time as the phone writes them. */
internal fun moment(
    at: Instant,
    zone: ZoneId = ZoneId.systemDefault(),
    locale: Locale = Locale.getDefault(),
): String =
    DateTimeFormatter
        .ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale)
        .withZone(zone)
        .format(at.toJavaInstant())

/** A date as the phone writes it. */
internal fun date(
    at: Instant,
    zone: ZoneId = ZoneId.systemDefault(),
    locale: Locale = Locale.getDefault(),
): String =
    DateTimeFormatter
        .ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(locale)
        .withZone(zone)
        .format(at.toJavaInstant())
