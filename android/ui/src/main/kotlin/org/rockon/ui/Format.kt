package org.rockon.ui

import org.rockon.ui.texts.AppTexts
import org.rockon.ui.texts.Language
import java.math.BigDecimal
import java.text.DecimalFormat
import java.text.NumberFormat
import java.text.ParsePosition
import java.time.DateTimeException
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeFormatterBuilder
import java.time.format.FormatStyle
import java.util.Locale
import kotlin.time.Instant
import kotlin.time.toJavaInstant
import kotlin.time.toKotlinInstant

/** How dates, times and amounts are written: as the phone writes them, where it speaks the language of the app. */
internal object Writing {
    /** The language of the app, once it is known. */
    @Volatile
    var language: Language? = null

    val locale: Locale
        get() {
            val phone = Locale.getDefault()
            val wanted = when (language) {
                Language.ENGLISH -> Locale.UK
                Language.GERMAN -> Locale.GERMANY
                null -> phone
            }
            return if (wanted.language == phone.language) phone else wanted
        }
}

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

/** Seconds as one says them: `45 min`, `1 h 20 min`. */
internal fun hours(seconds: Long, texts: AppTexts): String {
    val minutes = (seconds + 30) / 60
    return if (minutes < 60) texts.minutes(minutes) else texts.hoursMinutes(minutes / 60, minutes % 60)
}

private fun DateTimeFormatter.written(at: Instant, zone: ZoneId, locale: Locale): String =
    withLocale(locale).withZone(zone).format(at.toJavaInstant())

/** The time of day as the phone writes it. */
internal fun clock(at: Instant, zone: ZoneId = ZoneId.systemDefault(), locale: Locale = Writing.locale): String =
    DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).written(at, zone, locale)

/** Date and time as the phone writes them. */
internal fun moment(at: Instant, zone: ZoneId = ZoneId.systemDefault(), locale: Locale = Writing.locale): String =
    DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).written(at, zone, locale)

/** A date as the phone writes it. */
internal fun date(at: Instant, zone: ZoneId = ZoneId.systemDefault(), locale: Locale = Writing.locale): String =
    DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).written(at, zone, locale)

/** A moment as an editor has it: day and time by the clock of this phone. */
internal fun local(at: Instant, zone: ZoneId = ZoneId.systemDefault()): LocalDateTime =
    LocalDateTime.ofInstant(at.toJavaInstant(), zone)

/** The moment of what [local] writes; null for anything else. */
internal fun instant(text: String, zone: ZoneId = ZoneId.systemDefault()): Instant? =
    parsed { LocalDateTime.parse(text).atZone(zone) }?.toInstant()?.toKotlinInstant()

/** A day as the phone writes it, the day of the week first. */
internal fun day(day: LocalDate, locale: Locale = Writing.locale): String =
    DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale).format(day)

/** A time of day as the phone writes it. */
internal fun time(at: LocalTime, locale: Locale = Writing.locale): String = timeFormat(locale).format(at).replace(NARROW, ' ')

/** What [time] writes, or `17:30`; null for words. */
internal fun timeOfDay(text: String, locale: Locale = Writing.locale): LocalTime? {
    val written = text.trim().replace(NARROW, ' ')
    return parsed { LocalTime.parse(written) }
        ?: parsed { LocalTime.parse(written, timeFormat(locale)) }
        ?: parsed { LocalTime.parse(written.replace(' ', NARROW), timeFormat(locale)) }
}

/** A stored time of day as the phone writes it; words as they are. */
internal fun clock(stored: String, locale: Locale = Writing.locale): String =
    parsed { LocalTime.parse(stored) }?.let { time(it, locale) } ?: stored

/** An amount in hundredths as the phone writes it. */
internal fun money(cents: Long, locale: Locale = Writing.locale): String =
    amounts(locale).apply { minimumFractionDigits = if (cents % 100 == 0L) 0 else 2 }.format(BigDecimal.valueOf(cents, 2))

/** What [money] writes, in hundredths; null for anything else. */
internal fun cents(text: String, locale: Locale = Writing.locale): Long? {
    val end = ParsePosition(0)
    val amount = amounts(locale).parse(text, end) as? BigDecimal ?: return null
    return if (end.index == text.length) parsed { amount.movePointRight(2).longValueExact() } else null
}

/** Without dots or commas between thousands: one that is meant as the point is never taken for one of those. */
private fun amounts(locale: Locale) = (NumberFormat.getInstance(locale) as DecimalFormat).apply {
    isGroupingUsed = false
    isParseBigDecimal = true
}

/** A space that nobody types: some locales have it in their times. */
private const val NARROW = '\u202f'

private fun timeFormat(locale: Locale): DateTimeFormatter = DateTimeFormatterBuilder()
    .parseCaseInsensitive()
    .append(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale)).toFormatter(locale)

private fun <T> parsed(read: () -> T): T? = try {
    read()
} catch (_: DateTimeException) {
    null
} catch (_: ArithmeticException) {
    null
}

/** Day and time of what an editor has as a moment, as the phone writes them; null for none. */
internal fun whenText(text: String): String? =
    parsed { LocalDateTime.parse(text) }?.let { "${day(it.toLocalDate())}, ${time(it.toLocalTime())}" }
