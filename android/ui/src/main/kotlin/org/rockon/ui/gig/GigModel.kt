package org.rockon.ui.gig

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import org.rockon.Gig
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.clock
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Preferences
import kotlin.time.Clock
import kotlin.time.Instant

/**
 * A gig that is played. The core keeps it, and the page that is open, over everything that can happen to a phone.
 *
 * Owns which page is open: a feed never turns it. What fails while somebody plays is not told.
 */
class GigModel(
    private val core: RockOn,
    private val setlist: RowId,
    private val preferences: Preferences,
    kept: Kept,
    scope: CoroutineScope,
    private val go: Go,
    private val time: () -> Instant = Clock.System::now,
) : Model<GigState>(
    GigState(turnsByVolume = preferences[VOLUME] != null, isRotationLocked = preferences[ROTATION] != null),
    scope,
),
    GigActs {
    private val breaks = KeptBreak(kept)

    init {
        doing {
            // The one that runs goes on.
            if (core.gig()?.setlist != setlist) core.startGig(setlist)
            core.gigChanges().collect { gig -> gig?.let(::arrived) }
        }
        scope.launch {
            val pages = state.map { it.page }.distinctUntilChanged().drop(1)
            pages.collect { page -> doing { core.turnPage(page) }.join() }
        }
        scope.launch { tick() }
    }

    override fun turn(page: Int) = update { it.copy(page = page.coerceIn(0, it.pages.size), sheet = null).timed() }

    override fun next() = turn(shown.page + 1)

    override fun previous() = turn(shown.page - 1)

    override fun show(sheet: Sheet?) = update { it.copy(sheet = sheet) }

    override fun take() {
        show(null)
        // The feed brings it: what this call brings may be older than what the feed has told meanwhile.
        doing { core.takeGigUpdate() }
    }

    override fun end() {
        doing {
            core.endGig()
            go.back()
        }
    }

    override fun back() {
        if (shown.failure != null) go.back() else show(if (shown.sheet == null) Sheet.LEAVE else null)
    }

    override fun turnByVolume(on: Boolean) {
        preferences[VOLUME] = on.kept()
        update { it.copy(turnsByVolume = on) }
    }

    override fun lockRotation(on: Boolean) {
        preferences[ROTATION] = on.kept()
        update { it.copy(isRotationLocked = on) }
    }

    private fun arrived(gig: Gig) = update { it.with(gig).timed() }

    override fun failed(failure: RockOnException) = update { if (it.isLoaded) it else it.copy(failure = failure) }

    private fun GigState.timed(): GigState {
        val at = time()
        return copy(clock = clock(at), pause = (pages.getOrNull(page) as? Page.Break)?.let { breaks.left(it, at) })
    }

    private suspend fun tick() {
        while (true) {
            update { it.timed() }
            delay(SECOND - time().toEpochMilliseconds() % SECOND)
        }
    }

    private fun Boolean.kept() = if (this) "on" else null
}

private const val VOLUME = "gig.volume"
private const val ROTATION = "gig.rotation"
private const val SECOND = 1_000L

/** When the break ends that was opened last: to look ahead and back does not begin it again. */
private class KeptBreak(private val kept: Kept) {
    fun left(page: Page.Break, at: Instant): Long {
        val (item, end) = kept[BREAK]?.split(' ').orEmpty().let { it.getOrNull(0) to it.getOrNull(1)?.toLongOrNull() }
        val known =
            end?.takeIf { item == page.item } ?: (at.epochSeconds + page.minutes * 60).also { kept[BREAK] = "${page.item} $it" }
        return (known - at.epochSeconds).coerceAtLeast(0)
    }

    private companion object {
        const val BREAK = "gig.break"
    }
}
