package org.rockon.ui.song

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import org.rockon.FieldChange
import org.rockon.Kind
import org.rockon.LoggedChange
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.Verb
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.fields.Change
import org.rockon.ui.fields.words
import org.rockon.ui.moment

/** What was done to a song, the newest first. */
@Immutable
data class HistoryState(
    val isLoaded: Boolean = false,
    val title: String = "",
    val steps: List<Done> = emptyList(),
    val failure: RockOnException? = null,
)

/** One thing that somebody did, and when, as the phone writes it. */
@Immutable
data class Done(val verb: Verb, val by: String?, val at: String?, val changes: List<Change> = emptyList())

/** The history of a song: read again with each change of it. */
class HistoryModel(core: RockOn, id: RowId, scope: CoroutineScope, private val go: Go) :
    Model<HistoryState>(HistoryState(), scope) {
    init {
        doing {
            core.song(id).collect { song ->
                val steps = core.history(Kind.SONG, id, MOST).map(LoggedChange::shown)
                update { HistoryState(isLoaded = true, song?.title ?: it.title, steps) }
            }
        }
    }

    fun back() = go.back()

    override fun failed(failure: RockOnException) = update { it.copy(failure = failure) }

    private companion object {
        /** More than anybody scrolls through. */
        const val MOST = 200
    }
}

private fun LoggedChange.shown() = Done(verb, actorName, at?.let(::moment), fields.mapNotNull(FieldChange::shown))

/** What a value was before is not always known. */
private fun FieldChange.shown(): Change? {
    val field = SongField.entries.find { it.column == field } ?: return null
    return Change(field, field.words(from), field.words(to), by = null)
}
