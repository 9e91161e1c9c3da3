package org.rockon.ui.setlist

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import org.rockon.Draft
import org.rockon.ItemBody
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.Setlist
import org.rockon.SetlistDraft
import org.rockon.plain
import org.rockon.ui.Place
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.Form
import org.rockon.ui.fields.Row
import org.rockon.ui.texts.Texts

/** What kind of item is written about. */
enum class ItemSort { SONG, BREAK, SECTION }

/** What a person writes about an item of a setlist. */
enum class ItemField(override val column: String, override val kind: FieldKind) : Column {
    TITLE("title", FieldKind.LINE),
    MINUTES("minutes", FieldKind.MINUTES),
    NOTES("notes", FieldKind.TEXT),
    ;

    override val isRequired get() = this != NOTES
    override val isName get() = this == TITLE

    internal fun of(body: ItemBody): String = when (body) {
        is ItemBody.Song -> body.notes.takeIf { this == NOTES }
        is ItemBody.Break -> if (this == MINUTES) "${body.minutes}" else body.notes
        is ItemBody.Section -> body.title
        is ItemBody.Other -> null
    }.orEmpty()

    override fun label(texts: Texts): String = when (this) {
        TITLE -> texts.setlist.sectionName
        MINUTES -> texts.setlist.pauseLength
        NOTES -> texts.setlist.itemNotes
    }
}

/** An item of a setlist as its editor has it. It is no row of its own: what was typed goes into its setlist. */
internal class ItemForm(private val item: String, private val sort: ItemSort) : Form {
    override val kind = Kind.SETLIST
    override val columns =
        when (sort) {
            ItemSort.SONG -> listOf(ItemField.NOTES)
            ItemSort.BREAK -> listOf(ItemField.MINUTES, ItemField.NOTES)
            ItemSort.SECTION -> listOf(ItemField.TITLE)
        }

    /** What was taken out of a setlist is put back there. */
    override val canComeBack = false

    override fun place(id: RowId): Place = SetlistPlace(id)

    override fun feed(core: RockOn, id: RowId): Flow<Row?> = core.setlist(id).map { list ->
        list?.body()?.let { body -> Row(list.scope, list.unread, list.pending) { (it as ItemField).of(body) } }
    }

    override fun draft() = SetlistDraft()

    override suspend fun save(core: RockOn, id: RowId, draft: Draft) {
        fun typed(of: ItemField) = draft.values[of.column]?.plain
        val notes = typed(ItemField.NOTES) as String?
        when (sort) {
            ItemSort.SONG -> core.setItemNotes(id, item, notes)

            ItemSort.SECTION -> core.setSection(id, item, typed(ItemField.TITLE) as String)

            ItemSort.BREAK -> {
                val now = core.setlist(id).first()?.body() as? ItemBody.Break
                val minutes = typed(ItemField.MINUTES) as Long? ?: now?.minutes ?: 0
                core.setBreak(id, item, minutes.toInt(), if (ItemField.NOTES.column in draft.values) notes else now?.notes)
            }
        }
    }

    private fun Setlist.body(): ItemBody? = items.find { it.id == item }?.body

    override fun thing(texts: Texts): String = texts.setlist.thing

    override fun title(isNew: Boolean, texts: Texts): String = when (sort) {
        ItemSort.SONG -> texts.setlist.itemNotes
        ItemSort.BREAK -> texts.setlist.pause
        ItemSort.SECTION -> texts.setlist.section
    }
}
