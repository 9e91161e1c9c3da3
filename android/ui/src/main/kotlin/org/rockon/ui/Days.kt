package org.rockon.ui

import org.rockon.ui.texts.AppTexts
import java.time.LocalDate
import java.time.ZoneId
import java.util.Locale
import kotlin.time.Instant
import kotlin.time.toJavaInstant

/** The day of a moment, where the phone is. */
internal fun dayOf(at: Instant, zone: ZoneId = ZoneId.systemDefault()): LocalDate = at.toJavaInstant().atZone(zone).toLocalDate()

/** A day as one says it on another one. */
internal fun dayWords(day: LocalDate, today: LocalDate, texts: AppTexts, locale: Locale = Writing.locale): String = when (day) {
    today -> texts.today
    today.minusDays(1) -> texts.yesterday
    today.plusDays(1) -> texts.tomorrow
    else -> day(day, locale)
}
