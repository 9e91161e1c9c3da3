package org.rockon.ui.line

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import org.rockon.RockOnException
import org.rockon.ui.Making
import org.rockon.ui.Model
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.device.Kept
import org.rockon.ui.drawn

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
    scope: CoroutineScope,
    private val away: () -> Unit,
    private val perform: suspend (String) -> Unit,
) : Model<LineState>(LineState(line, kept[key] ?: given), scope),
    LineActs {
    init {
        doing { subject.collect(::named) }
    }

    override fun type(text: String) {
        if (!shown.isSecret) kept[key] = text
        update { it.copy(text = text, failure = null) }
    }

    override fun perform() {
        val state = shown
        if (!state.canDo) return
        update { it.copy(isBusy = true, failure = null) }
        doing {
            perform(if (state.isSecret) state.text else state.text.trim())
            kept[key] = null
        }
    }

    override fun close() {
        kept[key] = null
        away()
    }

    override fun failed(failure: RockOnException) = update { it.copy(isBusy = false, failure = failure) }

    private fun named(name: String?) = update { state ->
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
    return drawn(place, model, isQuiet = true, onBack = model::close) { state, _ -> LineView(state, model) }
}
