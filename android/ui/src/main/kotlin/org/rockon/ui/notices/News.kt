package org.rockon.ui.notices

import kotlinx.coroutines.flow.first
import org.rockon.Notice
import org.rockon.NoticeBody
import org.rockon.NoticeId
import org.rockon.RockOn
import org.rockon.ScopeId
import org.rockon.Untold
import org.rockon.ui.Place
import org.rockon.ui.conflict.ConflictPlace
import org.rockon.ui.placeOf
import org.rockon.ui.rejected.RejectedPlace

/**
 * What came since somebody was told last, as one batch: for the banner, and for the system while the app is not on screen.
 *
 * @property id its oldest notice: one that is news again takes the place of what was shown
 * @property asks it waits for a choice
 * @property lines a sentence for each notice, without the contents of notes
 * @property title its band's name, where all is of one
 * @property goal where a tap leads
 */
class News(val id: NoticeId, val asks: Boolean, val lines: List<String>, val title: String?, val goal: Goal)

/** Where a notice leads: to a place, in a band where it is about one; and the notice that is looked at by that. */
data class Goal(val place: Place, val band: ScopeId? = null, val notice: NoticeId? = null) {
    /** A text of the same, for whoever can keep only that. */
    val code: String get() = listOf(place.code, band?.value.orEmpty(), notice?.value ?: "").joinToString(" ")

    companion object {
        /** What [code] says; null for what another version of the app has written. */
        fun of(code: String): Goal? {
            val (place, band, notice) = code.split(' ').takeIf { it.size == 3 } ?: return null
            val at = placeOf(place) ?: return null
            return Goal(at, band.ifEmpty { null }?.let(::ScopeId), notice.toLongOrNull()?.let(::NoticeId))
        }
    }
}

/** How much is told at once. The rest comes with the next batch. */
private const val MUCH = 20

/** What nobody was told yet: it is told by whoever takes it. What waits for a choice is a batch of its own. */
internal suspend fun RockOn.takeNews(): List<News> {
    val untold = takeUntold(MUCH)
    if (untold.isEmpty()) return emptyList()
    val notices = notices().first().associateBy { it.id }
    val (asking, others) = untold.partition { notices[it.id]?.asks == true }
    return listOf(asking, others).filter { it.isNotEmpty() }.map { news(it, notices) }
}

private suspend fun RockOn.news(batch: List<Untold>, notices: Map<NoticeId, Notice>): News {
    val first = notices[batch.first().id]
    val scope = batch.first().scope.takeIf { one -> batch.all { it.scope == one } }
    val goal = first.takeIf { batch.size == 1 }?.let { goal(it) }
    val title = bands().first().find { it.id == scope }?.name
    return News(batch.first().id, first?.asks == true, batch.map { it.text }, title, goal ?: Goal(NoticesPlace))
}

/** The one thing that a notice is about. */
private suspend fun RockOn.goal(notice: Notice): Goal? = when (notice.body) {
    is NoticeBody.Conflict, is NoticeBody.Crossed -> {
        conflicts().first().find { it.notice == notice.id }?.let { Goal(ConflictPlace(it.id)) }
    }

    is NoticeBody.Rejected -> rejectedEdits().first().find { it.notice == notice.id }?.let { Goal(RejectedPlace(it.id)) }

    else -> notice.leads.singleOrNull()?.let { it.goal.copy(notice = notice.id) }
}
