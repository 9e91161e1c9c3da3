package org.rockon.ui

/**
 * Where somebody can be. Each [Area] has its own.
 *
 * [code] is a short text of the same, so that it outlives the process: words and ids with `/` between them, no spaces.
 */
interface Place {
    val code: String
}

/** The tabs, in their order. */
enum class Tab { SETLISTS, SONGS, CALENDAR, NOTICES, BAND }

/** How screens lead elsewhere, and say what can be taken back. */
interface Go {
    /** There, on top of what is behind here; on a tab that begins with it. */
    fun to(place: Place)

    fun back()

    /** There, and back from there is where back from here was. */
    fun instead(place: Place)

    /** Something was done that can be taken back for a moment, or could not be done. */
    fun tell(bar: Bar)
}
