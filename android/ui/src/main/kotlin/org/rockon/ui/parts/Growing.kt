package org.rockon.ui.parts

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.update

/** How many rows a list begins with, and grows by. */
internal const val PAGE = 100

/** How many rows of a list are read. It grows before its end is on screen. */
internal class Growing {
    private val now = MutableStateFlow(PAGE)
    val limit: StateFlow<Int> get() = now

    /** This row is on screen, or is to be. */
    fun reached(row: Int) = now.update { if (row > it - PAGE / 2) row + PAGE else it }

    /** Another list begins. */
    fun restart() {
        now.value = PAGE
    }
}
