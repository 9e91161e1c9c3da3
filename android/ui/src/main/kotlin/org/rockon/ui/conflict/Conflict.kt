package org.rockon.ui.conflict

import androidx.compose.runtime.Immutable
import org.rockon.Asks
import org.rockon.Conflict
import org.rockon.Kind
import org.rockon.RockOnException
import org.rockon.Side
import org.rockon.TextPart
import org.rockon.textChanges
import org.rockon.ui.moment

/**
 * @property isSettled it waits no longer: somebody has chosen, here or elsewhere
 * @property text what is asked, in the core's words; null while they are not known
 * @property field the column that two people changed
 * @property by the other; null when nobody knows any more
 * @property live which of both holds now
 * @property difference how the other's long text differs from mine; empty for short ones
 */
@Immutable
data class ConflictState(
    val isLoaded: Boolean = false,
    val isSettled: Boolean = false,
    val text: String? = null,
    val asks: Asks = Asks.VALUE,
    val kind: Kind = Kind.SONG,
    val field: String = "",
    val mine: String? = null,
    val theirs: String? = null,
    val by: String? = null,
    val at: String = "",
    val live: Side = Side.THEIRS,
    val difference: List<TextPart> = emptyList(),
    val isProse: Boolean = false,
    val mayEdit: Boolean = true,
    val isBusy: Boolean = false,
    val failure: RockOnException? = null,
) {
    /** There is something to choose for. */
    val canChoose: Boolean get() = live != Side.GONE

    /** One's own value, or one made of both: not for a viewer, whose edit would be refused. */
    val canInsist: Boolean get() = canChoose && mayEdit

    val canMerge: Boolean get() = canInsist && isProse && asks == Asks.VALUE

    /** Both are short enough to stand side by side. */
    val isShort: Boolean get() = difference.isEmpty()
}

internal fun ConflictState.with(conflict: Conflict): ConflictState {
    val what = conflict.what
    val mine = valueWords(what.kind, what.field, what.mine)
    val theirs = valueWords(what.kind, what.field, what.theirs)
    return copy(
        isLoaded = true,
        isSettled = false,
        asks = what.asks,
        kind = what.kind,
        field = what.field,
        mine = mine,
        theirs = theirs,
        by = what.byName,
        at = moment(conflict.at),
        live = conflict.live,
        difference = difference(mine, theirs),
        isProse = what.mine.isProse && what.theirs.isProse,
    )
}

/** What fits beside another is read at a glance. */
private const val GLANCE = 40

fun difference(mine: String?, theirs: String?): List<TextPart> {
    val isLong = listOfNotNull(mine, theirs).any { it.length > GLANCE || '\n' in it }
    return if (isLong) textChanges(mine.orEmpty(), theirs.orEmpty()) else emptyList()
}
