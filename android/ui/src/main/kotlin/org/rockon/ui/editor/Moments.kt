package org.rockon.ui.editor

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.TimePicker
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.material3.rememberTimePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import org.rockon.ui.day
import org.rockon.ui.parts.SignButton
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.time
import org.rockon.ui.timeOfDay
import org.rockon.ui.tokens.Spacing
import java.time.DateTimeException
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import java.time.ZoneOffset

/** When bands play, if nobody says otherwise. */
private val EVENING = LocalTime.of(20, 0)

/** The day and time of a field of a moment. */
internal fun String.moment(): LocalDateTime? = try {
    LocalDateTime.parse(this)
} catch (_: DateTimeException) {
    null
}

/** A day and a time: each is chosen by itself. */
@Composable
internal fun MomentInput(field: Field, acts: EditorActs) {
    val (at, texts) = field.text.moment() to LocalTexts.current
    var asksDay by rememberSaveable { mutableStateOf(false) }
    var asksTime by rememberSaveable { mutableStateOf(false) }
    val type = { day: LocalDate, time: LocalTime -> acts.onType(field.of, day.atTime(time).toString()) }
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(Spacing.medium),
        verticalArrangement = Arrangement.spacedBy(Spacing.medium),
    ) {
        Chooser(field, at?.toLocalDate()?.let { day(it) } ?: texts.editor.noDate, { asksDay = true })
        if (at != null) Chooser(field, time(at.toLocalTime()), { asksTime = true }, name = texts.editor.time)
    }
    if (asksDay) DayDialog(at?.toLocalDate(), { asksDay = false }) { type(it, at?.toLocalTime() ?: EVENING) }
    if (asksTime && at != null) TimeDialog(at.toLocalTime(), { asksTime = false }) { type(at.toLocalDate(), it) }
}

/** Beside a time that is typed: a clock to choose it from. */
@Composable
internal fun TimeButton(field: Field, acts: EditorActs) {
    val texts = LocalTexts.current
    var asks by rememberSaveable { mutableStateOf(false) }
    SignButton(Icons.clock, texts.editor.chooseTime(field.of.label(texts)), { asks = true })
    if (asks) TimeDialog(timeOfDay(field.text) ?: EVENING, { asks = false }) { acts.onType(field.of, time(it)) }
}

@Composable
private fun DayDialog(now: LocalDate?, onEnd: () -> Unit, onChoose: (LocalDate) -> Unit) {
    val state = rememberDatePickerState(now?.atStartOfDay(ZoneOffset.UTC)?.toInstant()?.toEpochMilli())
    DatePickerDialog(onEnd, { Done(onEnd) { state.selectedDateMillis?.let { onChoose(day(it)) } } }) { DatePicker(state) }
}

/** The picker knows days as moments of Greenwich. */
private fun day(millis: Long): LocalDate = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate()

@Composable
private fun TimeDialog(now: LocalTime, onEnd: () -> Unit, onChoose: (LocalTime) -> Unit) {
    val state = rememberTimePickerState(now.hour, now.minute)
    AlertDialog(onEnd, { Done(onEnd) { onChoose(LocalTime.of(state.hour, state.minute)) } }, text = { TimePicker(state) })
}

@Composable
private fun Done(onEnd: () -> Unit, onDone: () -> Unit) {
    TextButton({
        onDone()
        onEnd()
    }) { Text(LocalTexts.current.app.done) }
}
