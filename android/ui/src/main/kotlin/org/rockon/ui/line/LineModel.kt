package org.rockon.ui.line

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.update
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.device.Kept
import org.rockon.ui.parts.doing

/**
 * One line of text, and what is done with it.
 *
 * @param given what the line begins with; without it, to rename, the name that is there
 * @param subject the name of the band that it is about
 * @param perform does it, and leads away
 */
class LineModel(
    line: Line,
    private val key: String,
    given: String,
    subject: Flow<String?>,
    private val kept: Kept,
    private val scope: CoroutineScope,
    private val away: () -> Unit,
    private val perform: suspend (String) -> Unit,
) {
    private val now = MutableStateFlow(LineState(line, kept[key] ?: given))
    val state: StateFlow<LineState> = now.asStateFlow()

    init {
        scope.doing { subject.collect(::named) }
    }

    fun type(text: String) {
        if (!now.value.isSecret) kept[key] = text
        now.update { it.copy(text = text, failure = null) }
    }

    fun perform() {
        val state = now.value
        if (!state.canDo) return
        now.update { it.copy(isBusy = true, failure = null) }
        scope.doing({ failure -> now.update { it.copy(isBusy = false, failure = failure) } }) {
            perform(if (state.isSecret) state.text else state.text.trim())
            kept[key] = null
        }
    }

    fun close() {
        kept[key] = null
        away()
    }

    private fun named(name: String?) = now.update { state ->
        val isUntouched = state.line == Line.RENAME && kept[key] == null
        state.copy(subject = name, text = if (isUntouched) name.orEmpty() else state.text)
    }
}

/** The screen of a line. */
internal fun lineScreen(
    place: Place,
    line: Line,
    of: Making,
    given: String = "",
    subject: Flow<String?> = emptyFlow(),
    perform: suspend (String) -> Unit,
): Screen {
    val model = LineModel(line, "line.${place.code}", given, subject, of.kept, of.scope, of.go::back, perform)
    return Screen(place, model, isQuiet = true, onBack = model::close) { LineScreen(model) }
}
