package org.rockon.ui.setlist

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.Setlist
import org.rockon.SetlistDraft
import org.rockon.ui.Place
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.Form
import org.rockon.ui.fields.Row
import org.rockon.ui.texts.Texts

/** What a person writes about a setlist as a whole. */
enum class SetlistField(override val column: String, override val kind: FieldKind) : Column {
    NAME("name", FieldKind.LINE),
    NOTES("notes", FieldKind.TEXT),
    ;

    override val isRequired get() = this == NAME
    override val isName get() = this == NAME

    internal fun of(list: Setlist): String = (if (this == NAME) list.name else list.notes).orEmpty()

    override fun label(texts: Texts): String = if (this == NAME) texts.setlists.name else texts.song.notes

    override fun missing(texts: Texts): String = texts.setlists.nameMissing
}

/** A setlist as its editor has it: its name and notes. */
object SetlistForm : Form {
    override val kind = Kind.SETLIST
    override val columns = SetlistField.entries

    override fun place(id: RowId): Place = SetlistPlace(id)

    override fun feed(core: RockOn, id: RowId): Flow<Row?> = core.setlist(id).map { list ->
        list?.let { Row(it.scope, it.unread, it.pending) { of -> (of as SetlistField).of(list) } }
    }

    override fun draft() = SetlistDraft()

    override fun thing(texts: Texts): String = texts.setlist.thing

    override fun title(isNew: Boolean, texts: Texts): String = if (isNew) texts.setlists.add else texts.app.edit
}
