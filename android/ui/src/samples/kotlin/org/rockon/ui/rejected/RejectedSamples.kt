package org.rockon.ui.rejected

import org.rockon.Kind
import org.rockon.Verb
import org.rockon.ui.notices.NoticesSamples

/** States of a refused edit as it can be, for pictures and for tests. */
object RejectedSamples {
    val normal = RejectedState(
        edit = NoticesSamples.edit,
        at = "2 Dec 2026, 19:40",
        tried = listOf(
            Tried(Kind.SONG, "key", "Em", "F#m"),
            Tried(Kind.SONG, "notes", "Count in: Liv.\nStop on the last line.", null),
        ),
    )

    val viewer = normal.copy(isViewer = true)

    val gone = normal.copy(isGone = true)

    /** Only somebody else may delete it: nothing was typed. */
    val delete = normal.copy(edit = NoticesSamples.edit.copy(verb = Verb.DELETED, set = emptyMap()), tried = emptyList())

    val asking = normal.copy(asksToDiscard = true)

    val settled = RejectedState(isSettled = true)
}
