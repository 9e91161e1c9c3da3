package org.rockon.ui.setlist

import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.setlist
import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.drawn
import org.rockon.ui.editor.Edited
import org.rockon.ui.editor.editor
import org.rockon.ui.line.Line
import org.rockon.ui.line.lineScreen
import org.rockon.ui.setlists.SetlistsPlace
import java.net.URLDecoder
import java.net.URLEncoder

/** One setlist. */
data class SetlistPlace(val id: RowId) : Place {
    override val code = "setlist/$id"
}

/** The editor of its name and notes. */
data class EditSetlistPlace(val id: RowId) : Place {
    override val code = "setlist/$id/edit"
}

/** The name of one that is not there yet. */
data class NewSetlistPlace(val scope: ScopeId) : Place {
    override val code = "new-setlist/$scope"
}

/** The editor of an item. What an item is called may be any text. */
data class EditItemPlace(val list: RowId, val item: String, val sort: ItemSort) : Place {
    override val code = "setlist/$list/$sort/${URLEncoder.encode(item, Charsets.UTF_8)}"

    internal companion object {
        fun of(parts: List<String>): EditItemPlace? {
            val sort = ItemSort.entries.find { it.name == parts[2] } ?: return null
            return EditItemPlace(RowId(parts[1]), URLDecoder.decode(parts[3], Charsets.UTF_8), sort)
        }
    }
}

/** Songs to be added to one. */
data class AddSongsPlace(val list: RowId) : Place {
    override val code = "setlist/$list/songs"
}

/** A setlist and what is in it. */
internal object SetlistArea : Area {
    override fun place(parts: List<String>): Place? = when {
        parts.size == 2 && parts[0] == "setlist" -> SetlistPlace(RowId(parts[1]))
        parts.size == 2 && parts[0] == "new-setlist" -> NewSetlistPlace(ScopeId(parts[1]))
        parts.size == 3 && parts[0] == "setlist" && parts[2] == "edit" -> EditSetlistPlace(RowId(parts[1]))
        parts.size == 3 && parts[0] == "setlist" && parts[2] == "songs" -> AddSongsPlace(RowId(parts[1]))
        parts.size == 4 && parts[0] == "setlist" -> EditItemPlace.of(parts)
        else -> null
    }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is SetlistPlace -> {
            val model = SetlistModel(of.core, place.id, of.device, of.scope, of.go)
            drawn(place, model) { state, frame -> SetlistView(state, frame, model) }
        }

        is NewSetlistPlace -> {
            lineScreen(place, Line.MAKE_SETLIST, of) { name ->
                of.go.instead(SetlistPlace(of.core.add(place.scope, setlist { this.name = name })))
            }
        }

        is AddSongsPlace -> {
            val model = AddSongsModel(of.core, place.list, of.kept, of.scope, of.go)
            drawn(place, model, isQuiet = true) { state, _ -> AddSongsView(state, model) }
        }

        is EditSetlistPlace -> editor(place, SetlistForm, Edited.Existing(place.id), of)

        is EditItemPlace -> editor(place, ItemForm(place.item, place.sort), Edited.Existing(place.list, ".${place.item}"), of)

        else -> null
    }
}
