package org.rockon.ui.notices

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.flow.first
import org.rockon.ConflictId
import org.rockon.Kind
import org.rockon.Notice
import org.rockon.NoticeBody
import org.rockon.NoticeId
import org.rockon.RejectedEdit
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowChange
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.Verb
import org.rockon.ui.Place
import org.rockon.ui.band.BandPlace
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.clock
import org.rockon.ui.dayOf
import org.rockon.ui.device.Allowed
import org.rockon.ui.practice.PracticePlace
import org.rockon.ui.setlist.SetlistPlace
import org.rockon.ui.show.ShowPlace
import org.rockon.ui.songs.SongPlace
import java.time.LocalDate

/**
 * @property bands those whose notices can be shown alone
 * @property band the one that is; null for all
 * @property waiting what waits for a choice, of all bands
 * @property rows the first notices, the newest on top; more come when the end is near
 * @property unseen how many are new
 * @property opened the one whose rows are listed under it
 * @property isClearing all are being marked: it can still be taken back
 * @property isLoaded the list has been read: an empty one is empty
 * @property failure why the list cannot be read just now
 */
@Immutable
data class NoticesState(
    val bands: List<BandChoice> = emptyList(),
    val band: ScopeId? = null,
    val waiting: List<Waiting> = emptyList(),
    val rows: List<NoticeRow> = emptyList(),
    val unseen: Int = 0,
    val today: LocalDate = LocalDate.MIN,
    val opened: NoticeId? = null,
    val isClearing: Boolean = false,
    val isLoaded: Boolean = false,
    val allowed: Allowed = Allowed(),
    val failure: RockOnException? = null,
) {
    val isEmpty: Boolean get() = isLoaded && rows.isEmpty() && waiting.isEmpty()

    val canFilter: Boolean get() = bands.size > 1

    val canClear: Boolean get() = unseen > 0 && !isClearing

    /** Where a notice is from, where that has to be said. */
    fun bandOf(row: NoticeRow): BandChoice? = bands.find { it.id == row.scope && canFilter && band == null }
}

/** What waits for a choice. */
@Immutable
sealed interface Waiting {
    /** Two values, or a delete that met a change. [text] asks, in the core's words. */
    data class OfConflict(
        val id: ConflictId,
        val text: String?,
        val kind: Kind,
        val field: String,
        val by: String?,
        val at: String,
    ) : Waiting

    /** An edit that the server refused. */
    data class OfEdit(val edit: RejectedEdit, val at: String) : Waiting
}

/**
 * A notice, ready to be drawn.
 *
 * @property day the day that begins with this row; null when the row above is of the same
 * @property leads what it is about, where that has a place
 */
@Immutable
data class NoticeRow(
    val id: NoticeId,
    val text: String,
    val at: String,
    val scope: ScopeId? = null,
    val day: LocalDate? = null,
    val isUnseen: Boolean = false,
    val leads: List<Lead> = emptyList(),
)

/** Something that a notice is about. */
@Immutable
data class Lead(val kind: Kind, val title: String, val goal: Goal)

/** It asks for a choice: until then it stands among what waits. */
internal val Notice.asks: Boolean
    get() = body is NoticeBody.Conflict || body is NoticeBody.Crossed || body is NoticeBody.Rejected

/** The rows of a list. A day is named where it begins. */
internal fun rows(notices: List<Notice>): List<NoticeRow> {
    var above: LocalDate? = null
    return notices.filterNot { it.asks }.map { notice ->
        val day = dayOf(notice.at)
        notice.row(day.takeIf { it != above }).also { above = day }
    }
}

private fun Notice.row(day: LocalDate?) = NoticeRow(id, text, clock(at), scope, day, !seen, leads)

/** What it is about. What was deleted has no place. */
internal val Notice.leads: List<Lead>
    get() =
        when (val said = body) {
            is NoticeBody.Changes -> said.rows.mapNotNull { lead(it) }

            is NoticeBody.Digest -> said.people.flatMap { it.rows }.mapNotNull { lead(it) }

            is NoticeBody.Restored -> listOfNotNull(lead(said.kind, said.id, said.title))

            // One that is named is not on this phone any more.
            is NoticeBody.Membership -> listOfNotNull(Lead(Kind.BAND, "", Goal(BandPlace, scope)).takeIf { said.band == null })

            else -> emptyList()
        }

private fun Notice.lead(row: RowChange): Lead? = if (row.verb == Verb.DELETED) null else lead(row.kind, row.id, row.title)

private fun Notice.lead(kind: Kind, id: RowId, title: String): Lead? =
    placeOf(kind, id)?.let { Lead(kind, title, Goal(it, scope.takeIf { _ -> it == BandPlace })) }

/** Where a row is shown; null for what has no place of its own. */
internal fun placeOf(kind: Kind, id: RowId): Place? = when (kind) {
    Kind.SONG -> SongPlace(id)
    Kind.SETLIST -> SetlistPlace(id)
    Kind.SHOW -> ShowPlace(id)
    Kind.PRACTICE -> PracticePlace(id)
    Kind.BAND, Kind.MEMBERSHIP -> BandPlace
    Kind.READ_MARK -> null
}

/** What the notices say, for what has no words of its own. */
internal suspend fun RockOn.texts(): Map<NoticeId, String> = notices().first().associate { it.id to it.text }
