package org.rockon.ui.calendar

import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Area
import org.rockon.ui.Begin
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.Tab
import org.rockon.ui.detail.detail
import org.rockon.ui.editor.Edited
import org.rockon.ui.editor.editor
import org.rockon.ui.practice.EditPracticePlace
import org.rockon.ui.practice.NewPracticePlace
import org.rockon.ui.practice.PracticeForm
import org.rockon.ui.practice.PracticePlace
import org.rockon.ui.practice.WrapUpForm
import org.rockon.ui.practice.WrapUpPlace
import org.rockon.ui.show.EditShowPlace
import org.rockon.ui.show.NewShowPlace
import org.rockon.ui.show.ShowForm
import org.rockon.ui.show.ShowPlace

/** Shows and practices in one list. */
data object CalendarPlace : Place {
    override val code = "calendar"
}

/** The calendar: the list, a show, a practice, and their editors. */
internal object CalendarArea : Area {
    override val begins = Begin(Tab.CALENDAR, CalendarPlace)

    override fun place(parts: List<String>): Place? = when {
        parts == listOf("calendar") -> CalendarPlace
        parts.size == 2 -> of(parts[0], parts[1])
        parts.size == 3 -> within(parts[0], RowId(parts[1]), parts[2])
        else -> null
    }

    private fun of(what: String, id: String): Place? = when (what) {
        "show" -> ShowPlace(RowId(id))
        "practice" -> PracticePlace(RowId(id))
        "new-show" -> NewShowPlace(ScopeId(id))
        "new-practice" -> NewPracticePlace(ScopeId(id))
        else -> null
    }

    private fun within(what: String, id: RowId, part: String): Place? = when (what to part) {
        "show" to "edit" -> EditShowPlace(id)
        "practice" to "edit" -> EditPracticePlace(id)
        "practice" to "wrap-up" -> WrapUpPlace(id)
        else -> null
    }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is CalendarPlace -> list(of)
        is ShowPlace -> detail(place, ShowForm, place.id, of)
        is PracticePlace -> detail(place, PracticeForm, place.id, of)
        is EditShowPlace -> editor(place, ShowForm, Edited.Existing(place.id), of)
        is EditPracticePlace -> editor(place, PracticeForm, Edited.Existing(place.id), of)
        is WrapUpPlace -> editor(place, WrapUpForm, Edited.Existing(place.id, "wrap"), of)
        is NewShowPlace -> editor(place, ShowForm, Edited.New(place.scope, "show"), of)
        is NewPracticePlace -> editor(place, PracticeForm, Edited.New(place.scope, "practice"), of)
        else -> null
    }

    private fun list(of: Making): Screen {
        val model = CalendarModel(of.core, of.bands, of.scope, of.go)
        return Screen(CalendarPlace, model) { CalendarScreen(model, it) }
    }
}
