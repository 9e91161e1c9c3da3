package org.rockon.ui.fields

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.ScopeId

/** Rows that a column names. */
enum class Named { SETLIST, SONG, MEMBER }

/** A row that can be chosen. */
@Immutable
data class Choice(val id: String, val name: String)

/** How many can be chosen from at once; a search finds the others. */
private const val SHOWN = 100

/** Those of a band that can be chosen, as the core finds and orders them. */
internal fun Named.choices(core: RockOn, scope: ScopeId, search: String): Flow<List<Choice>> = when (this) {
    Named.SETLIST -> core.setlists(scope).map { all -> all.map { Choice(it.id.value, it.name) } }
    Named.SONG -> core.songs(scope, search, limit = SHOWN).map { all -> all.map { Choice(it.id.value, it.title) } }
    Named.MEMBER -> core.members(scope).map { all -> all.map { Choice((it.user ?: it.id).toString(), it.name) } }
}

/** What those are called that a column names; what is not here any more has no name. */
internal suspend fun Named.names(core: RockOn, scope: ScopeId, ids: List<String>): Map<String, String> = when (this) {
    Named.SETLIST -> ids.named { core.setlist(RowId(it)).first()?.name }
    Named.SONG -> ids.named { core.song(RowId(it)).first()?.title }
    Named.MEMBER -> core.members(scope, former = true).first().associate { (it.user ?: it.id).toString() to it.name }
}

private suspend fun List<String>.named(name: suspend (String) -> String?): Map<String, String> =
    mapNotNull { id -> name(id)?.let { id to it } }.toMap()

/** The names of all rows that a row names. */
internal suspend fun Row.names(core: RockOn, columns: List<Column>): Map<String, String> {
    val all = HashMap<String, String>()
    for (column in columns) {
        val ids = text(column).items()
        val named = column.named
        if (named != null && ids.isNotEmpty()) all += named.names(core, scope, ids)
    }
    return all
}
