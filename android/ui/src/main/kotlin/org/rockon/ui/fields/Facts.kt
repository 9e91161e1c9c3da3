package org.rockon.ui.fields

import androidx.compose.runtime.Immutable
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.SeenChange
import org.rockon.ui.moment
import org.rockon.ui.texts.Texts

/** A value of a row. */
@Immutable
data class Fact(val of: Column, val value: String)

/** As one reads it. */
internal fun Fact.said(texts: Texts): String = of.said(value, texts)

/** Who changed a row last, and when, as the phone writes it. */
@Immutable
data class LastEdit(val by: String?, val at: String)

/** A value that somebody changed, set where there was none, or cleared; without values where they are no words. */
@Immutable
data class Change(val of: Column, val from: String?, val to: String?, val by: String?, val isWordless: Boolean = false)

/** A change in words, or none where a column is not shown. */
internal fun SeenChange.shown(columns: List<Column>): Change? {
    val field = columns.find { it.column == field } ?: return null
    if (field.kind.isOpaque) return Change(field, null, null, byName, isWordless = true)
    return Change(field, field.words(from), field.words(to), byName)
}

/** What is different since this member looked. */
internal suspend fun RockOn.changes(kind: Kind, id: RowId, columns: List<Column>): List<Change> =
    changesSinceSeen(kind, id)?.fields.orEmpty().mapNotNull { it.shown(columns) }

/** Who changed it last, as the phone writes it. */
internal suspend fun RockOn.lastEdit(kind: Kind, id: RowId): LastEdit? {
    val last = lastChange(kind, id)
    return last?.at?.let { LastEdit(last.byName, moment(it)) }
}
