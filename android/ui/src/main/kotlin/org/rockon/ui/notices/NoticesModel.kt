package org.rockon.ui.notices

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.rockon.Conflict
import org.rockon.FeedState
import org.rockon.Notice
import org.rockon.NoticeId
import org.rockon.RejectedEdit
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.conflict.ConflictPlace
import org.rockon.ui.dayOf
import org.rockon.ui.device.Notifications
import org.rockon.ui.moment
import org.rockon.ui.parts.doing
import org.rockon.ui.rejected.RejectedPlace
import org.rockon.ui.songs.PAGE
import kotlin.time.Clock

/** What others did, and what waits for a choice. To look here is to have looked at what the system showed. */
class NoticesModel(
    private val core: RockOn,
    private val notifications: Notifications,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(NoticesState())
    val state: StateFlow<NoticesState> = now.asStateFlow()

    private val limit = MutableStateFlow(PAGE)

    init {
        notifications.clear()
        scope.launch { notifications.allowed.collect { allowed -> now.update { it.copy(allowed = allowed) } } }
        scope.doing(::failed) {
            combine(core.conflicts(), core.rejectedEdits(), ::Pair).collect { (conflicts, edits) -> wait(conflicts, edits) }
        }
        scope.doing(::failed) {
            core.notices(limit = PAGE, limits = limit).states.collect { read ->
                val unseen = core.countUnseenNotices()
                now.update { it.with(read, unseen) }
            }
        }
    }

    /** A row this far down is on screen: the list grows before its end is. */
    fun reached(row: Int) = limit.update { if (row > it - PAGE / 2) it + PAGE else it }

    /** To look at a notice is to have seen it. What it is about is shown: at once, or as a list where it is much. */
    fun open(row: NoticeRow) {
        if (row.isUnseen) see(row.id)
        when (row.leads.size) {
            0 -> Unit
            1 -> lead(row.leads.single())
            else -> now.update { it.copy(opened = row.id.takeIf { id -> id != it.opened }) }
        }
    }

    fun lead(to: Lead) = go.to(to.place)

    fun open(waiting: Waiting) = when (waiting) {
        is Waiting.OfConflict -> go.to(ConflictPlace(waiting.id))
        is Waiting.OfEdit -> go.to(RejectedPlace(waiting.edit.id))
    }

    fun see(notice: NoticeId) {
        scope.doing(::failed) { core.seeNotice(notice) }
    }

    /** All of them, when the time to take it back has passed. */
    fun seeAll() {
        now.update { it.copy(isClearing = true) }
        val ended = { now.update { it.copy(isClearing = false) } }
        val finish = suspend {
            try {
                core.seeAllNotices()
            } finally {
                ended()
            }
        }
        go.tell(Bar(undo = { ended() }, finish = finish) { it.notices.markedAllSeen })
    }

    fun allow() = notifications.ask()

    fun decline() = notifications.decline()

    fun openSettings() = notifications.openSettings()

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
        val waiting = conflicts.map {
            Waiting.OfConflict(
                it.id,
                told[it.notice],
                it.what.kind,
                it.what.field,
                it.what.byName,
                moment(it.at),
            )
        } +
            edits.map { Waiting.OfEdit(it, moment(it.at)) }
        now.update { it.copy(waiting = waiting) }
    }

    private fun failed(failure: RockOnException) = now.update { it.copy(failure = failure) }
}
