package org.rockon.ui.line

/** States of it, for pictures and for tests. */
object LineSamples {
    val make = LineState(Line.MAKE_BAND, "The Wonderwalls")
    val join = LineState(Line.JOIN, "K7QD-3MXA")
    val delete = LineState(Line.DELETE_BAND, "The Wonder", "The Wonderwalls")
    val password = LineState(Line.NEW_PASSWORD, "rock-on")
}
