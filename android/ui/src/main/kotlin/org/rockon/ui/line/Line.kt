package org.rockon.ui.line

import androidx.compose.runtime.Immutable
import org.rockon.RockOnException
import org.rockon.ui.texts.Texts

/** What is done with one line of text. */
enum class Line { MAKE_BAND, JOIN, RENAME, DELETE_BAND, NEW_PASSWORD, MAKE_SETLIST }

/**
 * @property subject the band that it is about; null until it is known, and where it is about none
 * @property isBusy the server is being asked
 */
@Immutable
data class LineState(
    val line: Line,
    val text: String = "",
    val subject: String? = null,
    val isBusy: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** A password: not shown, and kept nowhere. */
    val isSecret: Boolean get() = line == Line.NEW_PASSWORD

    /** It cannot be taken back. */
    val isDanger: Boolean get() = line == Line.DELETE_BAND

    /** Something is typed; to delete a band, its name. */
    val canDo: Boolean get() = !isBusy && text.isNotBlank() && (line != Line.DELETE_BAND || text.trim() == subject?.trim())
}

/** What is said of a line: its [title], the [label] of its field, and what its button does ([act]). */
internal class LineWords(val title: String, val label: String, val act: String)

internal fun Line.words(texts: Texts): LineWords = texts.run {
    when (this@words) {
        Line.MAKE_BAND -> LineWords(welcome.makeBand, welcome.bandName, welcome.makeBand)
        Line.JOIN -> LineWords(welcome.join, welcome.joinCode, welcome.joinNow)
        Line.RENAME -> LineWords(band.rename, welcome.bandName, app.save)
        Line.DELETE_BAND -> LineWords(band.delete, welcome.bandName, band.delete)
        Line.NEW_PASSWORD -> LineWords(welcome.reset, welcome.newPassword, app.save)
        Line.MAKE_SETLIST -> LineWords(setlists.add, setlists.name, app.save)
    }
}

internal fun LineState.hint(texts: Texts): String? = when (line) {
    Line.MAKE_BAND -> texts.welcome.makeBandHint
    Line.JOIN -> texts.welcome.joinHint
    Line.DELETE_BAND -> "${texts.band.deleteAsk(subject.orEmpty())} ${texts.band.deleteHint}"
    Line.RENAME, Line.NEW_PASSWORD, Line.MAKE_SETLIST -> null
}
