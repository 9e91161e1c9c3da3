package org.rockon.ui.conflict

import org.rockon.Asks
import org.rockon.Side

/** States of a conflict as it can be, for pictures and for tests. */
object ConflictSamples {
    val normal = ConflictState(
        isLoaded = true,
        text = "You and Sam both changed the key of \"Acquiesce\". Both are kept: choose one.",
        field = "key",
        mine = "C#",
        theirs = "D",
        by = "Sam",
        at = "2 Dec 2026, 20:14",
        live = Side.THEIRS,
        isProse = true,
    )

    private const val MINE = "Palm muted verse, drums come in at the second line.\nStop on the last line.\nCount in: Liv."
    private const val THEIRS = "Palm muted verse, drums come in at the first line.\nStop on the last line.\nCapo stays on."

    val long = normal.copy(
        text = "You and Sam both changed the notes of \"Acquiesce\". Both are kept: choose one.",
        field = "notes",
        mine = MINE,
        theirs = THEIRS,
        difference = difference(MINE, THEIRS),
    )

    val deleted = normal.copy(
        text = "You deleted \"Acquiesce\", but Sam had changed its key. The song is back: delete it anyway, or keep it.",
        asks = Asks.DELETE,
        field = "",
        isProse = false,
    )

    val other = normal.copy(live = Side.OTHER, mine = null)

    val gone = long.copy(live = Side.GONE)

    val viewer = normal.copy(mayEdit = false)

    val settled = ConflictState(isLoaded = true, isSettled = true)

    val merging = MergeState(
        isLoaded = true,
        field = "notes",
        text = "$MINE\nCapo",
        theirs = THEIRS,
        by = "Sam",
        difference = difference(MINE, THEIRS),
    )

    val mergingShort = merging.copy(field = "key", text = "C", theirs = "D", difference = emptyList())

    val mergingSettled = merging.copy(isSettled = true)

    val leaving = merging.copy(asksToDiscard = true)
}
