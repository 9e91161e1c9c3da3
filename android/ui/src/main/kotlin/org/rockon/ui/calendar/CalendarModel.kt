package org.rockon.ui.calendar

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Go
import org.rockon.ui.bands.Bands
import org.rockon.ui.bands.BandsState
import org.rockon.ui.parts.Growing
import org.rockon.ui.parts.PAGE
import org.rockon.ui.parts.doing
import org.rockon.ui.placeOf
import org.rockon.ui.practice.NewPracticePlace
import org.rockon.ui.practice.PracticePlace
import org.rockon.ui.show.NewShowPlace
import org.rockon.ui.show.ShowPlace
import java.time.LocalDate

/** The calendar. The core merges, orders and says what is past; this keeps what was chosen. */
class CalendarModel(private val core: RockOn, private val bands: Bands, scope: CoroutineScope, private val go: Go) {
    private val now = MutableStateFlow(CalendarState(bands.state.value))
    val state: StateFlow<CalendarState> = now.asStateFlow()

    private val list = Growing()

    init {
        scope.launch { bands.state.collect(::placed) }
        scope.doing(::failed) {
            now.map { it.band?.id }.distinctUntilChanged().collectLatest { band -> band?.let { show(it) } }
        }
    }

    fun choose(band: ScopeId) = bands.choose(band)

    /** A row this far down is on screen: the list grows before its end is. */
    fun reached(row: Int) = list.reached(row)

    fun open(row: CalendarRow) = go.to(if (row.isShow) ShowPlace(row.id) else PracticePlace(row.id))

    /** Its setlist, where there is a screen for it. */
    fun setlist(id: RowId) {
        placeOf("setlist/$id")?.let(go::to)
    }

    fun addShow() {
        now.value.band?.let { go.to(NewShowPlace(it.id)) }
    }

    fun addPractice() {
        now.value.band?.let { go.to(NewPracticePlace(it.id)) }
    }

    /** Another band begins with nothing: a list never has another band's name above it. */
    private fun placed(bands: BandsState) =
        now.update { state -> if (bands.chosen?.id == state.band?.id) state.copy(bands = bands) else CalendarState(bands) }

    /** What was on screen stays until the new list is there. */
    private suspend fun show(band: ScopeId) {
        list.restart()
        core.calendar(band, limit = PAGE, limits = list.limit).states.collect { read ->
            now.update { state ->
                if (state.band?.id != band) return@update state
                state.copy(
                    rows = read.value?.map { it.row() } ?: state.rows,
                    today = LocalDate.now(),
                    isLoaded = read.isLoaded || state.isLoaded,
                    failure = read.failure,
                )
            }
        }
    }

    private fun failed(failure: RockOnException) = now.update { it.copy(failure = failure) }
}
