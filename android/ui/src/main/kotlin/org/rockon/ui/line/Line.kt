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

internal fun Line.title(texts: Texts): String = when (this) {
    Line.MAKE_BAND -> texts.welcome.makeBand
    Line.JOIN -> texts.welcome.join
    Line.RENAME -> texts.band.rename
    Line.DELETE_BAND -> texts.band.delete
    Line.NEW_PASSWORD -> texts.welcome.reset
    Line.MAKE_SETLIST -> texts.setlists.add
}

internal fun Line.label(texts: Texts): String = when (this) {
    Line.MAKE_BAND, Line.RENAME, Line.DELETE_BAND -> texts.welcome.bandName
    Line.JOIN -> texts.welcome.joinCode
    Line.NEW_PASSWORD -> texts.welcome.newPassword
    Line.MAKE_SETLIST -> texts.setlists.name
}

internal fun LineState.hint(texts: Texts): String? = when (line) {
    Line.MAKE_BAND -> texts.welcome.makeBandHint
    Line.JOIN -> texts.welcome.joinHint
    Line.DELETE_BAND -> "${texts.band.deleteAsk(subject.orEmpty())} ${texts.band.deleteHint}"
    Line.RENAME, Line.NEW_PASSWORD, Line.MAKE_SETLIST -> null
}

/** What the button says. */
internal fun Line.act(texts: Texts): String = when (this) {
    Line.MAKE_BAND -> texts.welcome.makeBand
    Line.JOIN -> texts.welcome.joinNow
    Line.DELETE_BAND -> texts.band.delete
    Line.RENAME, Line.NEW_PASSWORD, Line.MAKE_SETLIST -> texts.app.save
}
