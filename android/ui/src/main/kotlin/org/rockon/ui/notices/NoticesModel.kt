package org.rockon.ui.notices

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import org.rockon.Conflict
import org.rockon.FeedState
import org.rockon.Notice
import org.rockon.NoticeId
import org.rockon.RejectedEdit
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.ScopeId
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.bands.Bands
import org.rockon.ui.conflict.ConflictPlace
import org.rockon.ui.dayOf
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Notifications
import org.rockon.ui.moment
import org.rockon.ui.parts.Growing
import org.rockon.ui.parts.PAGE
import org.rockon.ui.rejected.RejectedPlace
import kotlin.time.Clock

/** What others did, and what waits for a choice. To look here is to have looked at what the system showed. */
class NoticesModel(
    private val core: RockOn,
    private val notifications: Notifications,
    private val kept: Kept,
    private val bands: Bands,
    scope: CoroutineScope,
    private val go: Go,
) : Model<NoticesState>(NoticesState(bands.state.value.all, kept[BAND]?.let(::ScopeId)), scope),
    NoticesActs {
    private val list = Growing()

    init {
        notifications.clear()
        doing { notifications.allowed.collect { allowed -> update { it.copy(allowed = allowed) } } }
        doing { bands.state.collect { bands -> update { it.copy(bands = bands.all) } } }
        doing { combine(core.conflicts(), core.rejectedEdits(), ::Pair).collect { (conflicts, edits) -> wait(conflicts, edits) } }
        doing { state.map { it.band }.distinctUntilChanged().collectLatest(::show) }
    }

    override fun choose(band: ScopeId?) {
        kept[BAND] = band?.value
        update { it.copy(band = band, rows = emptyList(), isLoaded = false) }
    }

    override fun reached(row: Int) = list.reached(row)

    override fun open(row: NoticeRow) {
        if (row.isUnseen) see(row.id)
        when (row.leads.size) {
            0 -> Unit
            1 -> lead(row.leads.single())
            else -> update { it.copy(opened = row.id.takeIf { id -> id != it.opened }) }
        }
    }

    override fun lead(to: Lead) = go.to(to.goal, bands)

    override fun open(waiting: Waiting) = when (waiting) {
        is Waiting.OfConflict -> go.to(ConflictPlace(waiting.id))
        is Waiting.OfEdit -> go.to(RejectedPlace(waiting.edit.id))
    }

    override fun see(notice: NoticeId) {
        doing { core.seeNotice(notice) }
    }

    /** All of those that are listed, when the time to take it back has passed. */
    override fun seeAll() {
        val band = shown.band
        update { it.copy(isClearing = true) }
        val ended = { update { it.copy(isClearing = false) } }
        val finish = suspend {
            try {
                core.seeAllNotices(band)
            } finally {
                ended()
            }
        }
        go.tell(Bar(undo = { ended() }, finish = finish) { it.notices.markedAllSeen })
    }

    override fun allow() = notifications.ask()

    override fun decline() = notifications.decline()

    override fun openSettings() = notifications.openSettings()

    override fun failed(failure: RockOnException) = update { it.copy(failure = failure) }

    private suspend fun show(band: ScopeId?) {
        list.restart()
        core.notices(scope = band, limit = PAGE, limits = list.limit).states.collect { read ->
            val unseen = core.countUnseenNotices(band)
            update { if (it.band == band) it.with(read, unseen) else it }
        }
    }

    private fun NoticesState.with(read: FeedState<List<Notice>>, unseen: Int) = copy(
        rows = read.value?.let(::rows) ?: rows,
        unseen = unseen,
        today = dayOf(Clock.System.now()),
        isLoaded = read.isLoaded || isLoaded,
        failure = read.failure,
    )

    /** Conflicts have no words of their own: those of the notice that asks. */
    private suspend fun wait(conflicts: List<Conflict>, edits: List<RejectedEdit>) {
        val told = if (conflicts.isEmpty()) emptyMap() else core.texts()
        val asking = conflicts.map {
            Waiting.OfConflict(it.id, told[it.notice], it.what.kind, it.what.field, it.what.byName, moment(it.at))
        }
        update { it.copy(waiting = asking + edits.map { edit -> Waiting.OfEdit(edit, moment(edit.at)) }) }
    }

    private companion object {
        const val BAND = "notices.band"
    }
}

/** There; in its band, where the place is that of whichever is chosen. */
internal fun Go.to(goal: Goal, bands: Bands) {
    goal.band?.let(bands::choose)
    to(goal.place)
}
