package org.rockon.app

import org.rockon.ui.Frame
import org.rockon.ui.calendar.CalendarActs
import org.rockon.ui.calendar.CalendarSamples
import org.rockon.ui.calendar.CalendarState
import org.rockon.ui.calendar.CalendarView
import org.rockon.ui.detail.DetailActs
import org.rockon.ui.detail.DetailSamples
import org.rockon.ui.detail.DetailState
import org.rockon.ui.detail.DetailView
import org.rockon.ui.editor.EditorActs
import org.rockon.ui.editor.EditorSamples
import org.rockon.ui.editor.EditorState
import org.rockon.ui.editor.EditorView
import org.rockon.ui.parts.Strip
import org.rockon.ui.songs.SongsSamples
import org.rockon.ui.theme.Look

private fun calendar(name: String, state: CalendarState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("calendar-$name", look, text) { CalendarView(state, Frame(strip) {}, CalendarActs()) }

private fun detail(name: String, state: DetailState, look: Look, text: Float = 1f) =
    Sample(name, look, text) { DetailView(state, Frame(null) {}, DetailActs()) }

private fun edit(name: String, state: EditorState, look: Look, text: Float = 1f) =
    Sample("editor-$name", look, text) { EditorView(state, EditorActs()) }

/** The calendar, a show, a practice, and their editors. */
internal val calendarSamples = listOf(
    calendar("light", CalendarSamples.normal, Look.LIGHT),
    calendar("offline-stage", CalendarSamples.normal, Look.STAGE, strip = SongsSamples.offline.second),
    calendar("empty-dark", CalendarSamples.empty, Look.DARK),
    calendar("empty-viewer-light", CalendarSamples.emptyViewer, Look.LIGHT),
    calendar("viewer-dark", CalendarSamples.viewer, Look.DARK).german(),
    calendar("long-dark-200", CalendarSamples.long, Look.DARK, 2f),
    detail("show-dark", DetailSamples.show, Look.DARK),
    detail("show-changed-light", DetailSamples.changed, Look.LIGHT),
    detail("show-changed-light", DetailSamples.changed, Look.LIGHT).german(),
    detail("show-cancelled-stage", DetailSamples.cancelled, Look.STAGE),
    detail("show-viewer-dark", DetailSamples.viewer, Look.DARK),
    detail("show-bare-light", DetailSamples.bare, Look.LIGHT),
    detail("show-gone-dark", DetailSamples.gone, Look.DARK),
    detail("show-long-light-200", DetailSamples.long, Look.LIGHT, 2f),
    detail("practice-dark", DetailSamples.practice, Look.DARK),
    detail("practice-stage-200", DetailSamples.practice, Look.STAGE, 2f),
    detail("practice-light", DetailSamples.practice, Look.LIGHT).german(),
    detail("practice-gone-light", DetailSamples.practiceGone, Look.LIGHT),
    edit("show-new-dark", EditorSamples.newShow, Look.DARK),
    edit("show-light", EditorSamples.show, Look.LIGHT),
    edit("show-theirs-dark", EditorSamples.showTheirs, Look.DARK),
    edit("show-deleted-stage-200", EditorSamples.showDeleted, Look.STAGE, 2f),
    edit("practice-new-light", EditorSamples.newPractice, Look.LIGHT).german(),
    edit("wrap-up-dark", EditorSamples.wrapUp, Look.DARK),
    edit("picking-light", EditorSamples.picking, Look.LIGHT),
)
