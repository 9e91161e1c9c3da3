package org.rockon.ui.rejected

import androidx.compose.runtime.Immutable
import org.rockon.Kind
import org.rockon.RejectedEdit
import org.rockon.RockOnException
import org.rockon.Values
import org.rockon.labelOf
import org.rockon.text
import org.rockon.ui.conflict.columnName
import org.rockon.ui.conflict.columnsOf
import org.rockon.ui.conflict.valueWords
import org.rockon.ui.texts.Language
import org.rockon.ui.texts.Texts
import org.rockon.why

/**
 * @property isSettled it waits no longer: it was tried again or given up
 * @property edit what was refused; null until it is known
 * @property at when
 * @property tried what was wanted, beside what is shown now
 * @property isGone the row is not there
 * @property isViewer the band lets this member only read: it would be refused again
 * @property asksToDiscard what was typed would be lost: the question is open
 */
@Immutable
data class RejectedState(
    val isSettled: Boolean = false,
    val edit: RejectedEdit? = null,
    val at: String = "",
    val tried: List<Tried> = emptyList(),
    val isGone: Boolean = false,
    val isViewer: Boolean = false,
    val isBusy: Boolean = false,
    val asksToDiscard: Boolean = false,
    val failure: RockOnException? = null,
) {
    val canCopy: Boolean get() = tried.any { it.wanted != null }

    internal fun what(texts: Texts): String = edit?.text(texts.language).orEmpty()

    internal fun why(texts: Texts): String = edit?.why(texts.language, isViewer).orEmpty()

    /** What was typed, for the clipboard: bare where it is one value. */
    internal fun typed(texts: Texts): String {
        val typed = tried.filter { it.wanted != null }
        return typed.singleOrNull()?.wanted
            ?: typed.joinToString("\n") { "${columnName(it.kind, it.column, texts)}: ${it.wanted}" }
    }
}

/** A value that was wanted, and the one that is shown; null for none. */
@Immutable
data class Tried(val kind: Kind, val column: String, val wanted: String?, val shown: String?)

internal fun RejectedEdit.tried(row: Values?): List<Tried> = columns().mapNotNull { column ->
    set[column]?.let {
        Tried(
            kind,
            column,
            valueWords(kind, column, it),
            row?.get(column)?.let { now ->
                valueWords(kind, column, now)
            },
        )
    }
}

/** In the order of the editor. Columns that no person writes have no name but their own. */
private fun RejectedEdit.columns(): List<String> =
    columnsOf(kind).map { it.column }.ifEmpty { set.keys.filter { '_' !in labelOf(it, Language.ENGLISH) } }
