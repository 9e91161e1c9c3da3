package org.rockon.ui.gig

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.rockon.Gig
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ui.Go
import org.rockon.ui.clock
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Preferences
import org.rockon.ui.parts.doing
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
    private val scope: CoroutineScope,
    private val go: Go,
    private val time: () -> Instant = Clock.System::now,
) {
    private val breaks = KeptBreak(kept)
    private val now =
        MutableStateFlow(GigState(turnsByVolume = preferences[VOLUME] != null, isRotationLocked = preferences[ROTATION] != null))
    val state: StateFlow<GigState> = now.asStateFlow()

    init {
        scope.doing(::failed) {
            // The one that runs goes on.
            if (core.gig()?.setlist != setlist) core.startGig(setlist)
            core.gigChanges().collect { gig -> gig?.let(::arrived) }
        }
        scope.launch {
            val pages = now.map { it.page }.distinctUntilChanged().drop(1)
            pages.collect { page -> scope.doing { core.turnPage(page) }.join() }
        }
        scope.launch { tick() }
    }

    fun turn(page: Int) = now.update { it.copy(page = page.coerceIn(0, it.pages.size), sheet = null).timed() }

    fun next() = turn(now.value.page + 1)

    fun previous() = turn(now.value.page - 1)

    fun show(sheet: Sheet?) = now.update { it.copy(sheet = sheet) }

    /** What a newer version has: the song that is open stays open. */
    fun take() {
        show(null)
        scope.doing { arrived(core.takeGigUpdate()) }
    }

    fun end() {
        scope.doing {
            core.endGig()
            go.back()
        }
    }

    /** The system's way back never leads out by itself. */
    fun back() {
        val shown = now.value
        if (shown.failure != null) go.back() else show(if (shown.sheet == null) Sheet.LEAVE else null)
    }

    fun turnByVolume(on: Boolean) {
        preferences[VOLUME] = on.kept()
        now.update { it.copy(turnsByVolume = on) }
    }

    fun lockRotation(on: Boolean) {
        preferences[ROTATION] = on.kept()
        now.update { it.copy(isRotationLocked = on) }
    }

    internal fun acts() = GigActs(::turn, ::next, ::previous, ::show, ::take, ::end, ::back, ::turnByVolume, ::lockRotation)

    private fun arrived(gig: Gig) = now.update { it.with(gig).timed() }

    private fun failed(failure: RockOnException) = now.update { if (it.isLoaded) it else it.copy(failure = failure) }

    private fun GigState.timed(): GigState {
        val at = time()
        return copy(clock = clock(at), pause = (pages.getOrNull(page) as? Page.Break)?.let { breaks.left(it, at) })
    }

    private suspend fun tick() {
        while (true) {
            now.update { it.timed() }
            delay(SECOND - time().toEpochMilliseconds() % SECOND)
        }
    }

    private fun Boolean.kept() = if (this) "on" else null

    private companion object {
        const val VOLUME = "gig.volume"
        const val ROTATION = "gig.rotation"
        const val SECOND = 1_000L
    }
}

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
