package org.rockon.ui.fields

import kotlinx.coroutines.flow.Flow
import org.rockon.Draft
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Place
import org.rockon.ui.texts.Texts

/** What screens and editors of a kind of row know of it: its columns, and how one is read and written. */
interface Form {
    val kind: Kind
    val columns: List<Column>

    /** Where a row is looked at. */
    fun place(id: RowId): Place

    /** The row; null while it is not there. */
    fun feed(core: RockOn, id: RowId): Flow<Row?>

    fun draft(): Draft

    /** What was typed, as the core takes it; [row] is what is there already. */
    fun value(of: Column, text: String, row: Row?): Any? = of.kind.value(text)

    /** Writes what was typed into a row that is there. */
    suspend fun save(core: RockOn, id: RowId, draft: Draft) {
        core.change(id, draft)
    }

    /** Once deleted, it can be brought back with what was typed. */
    val canComeBack: Boolean get() = true

    /** What a new row begins with. */
    val fresh: Map<Column, String> get() = emptyMap()

    /** As in: Sam deleted this song. */
    fun thing(texts: Texts): String

    /** Above the editor. */
    fun title(isNew: Boolean, texts: Texts): String
}

/**
 * A row as a form has it.
 *
 * @property text a column as one writes it
 * @property options what a column can be
 * @property parts what a list holds, by the ids that its text has: what was not edited is kept whole
 */
class Row(
    val scope: ScopeId,
    val isUnread: Boolean,
    val isUnsent: Boolean,
    val options: (Column) -> List<String> = { it.options },
    val parts: (Column) -> Map<String, Any> = { emptyMap() },
    val text: (Column) -> String,
)
