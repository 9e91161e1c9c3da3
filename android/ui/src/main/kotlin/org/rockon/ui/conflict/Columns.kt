package org.rockon.ui.conflict

import org.rockon.Json
import org.rockon.Kind
import org.rockon.labelOf
import org.rockon.plain
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.words
import org.rockon.ui.moment
import org.rockon.ui.practice.PracticeField
import org.rockon.ui.setlist.SetlistField
import org.rockon.ui.show.ShowField
import org.rockon.ui.song.SongField
import org.rockon.ui.texts.Texts
import kotlin.time.Instant

/** The columns of a kind that a person writes, in the order of their editor; none of a kind without one. */
internal fun columnsOf(kind: Kind): List<Column> = when (kind) {
    Kind.SONG -> SongField.entries
    Kind.SETLIST -> SetlistField.entries
    Kind.SHOW -> ShowField.entries
    Kind.PRACTICE -> PracticeField.entries
    else -> emptyList()
}

private fun field(kind: Kind, column: String): Column? = columnsOf(kind).find { it.column == column }

/** What a column is called. */
internal fun columnName(kind: Kind, column: String, texts: Texts): String =
    field(kind, column)?.label(texts) ?: labelOf(column, texts.language).replaceFirstChar(Char::uppercase)

/** A value of any column as one reads it; null for none. Times of day are as they are stored: they may be written again. */
internal fun valueWords(kind: Kind, column: String, value: Json): String? {
    val field = field(kind, column)
    return if (field == null || field.kind.isOpaque || field.kind == FieldKind.TIME) spoken(value.plain) else field.words(value)
}

/** Text in which two people's words can be put together. */
internal val Json.isProse: Boolean get() = this is Json.Null || (this is Json.Text && Instant.parseOrNull(text) == null)

private fun spoken(plain: Any?): String? = when (plain) {
    is String -> (Instant.parseOrNull(plain)?.let(::moment) ?: plain).ifEmpty { null }
    is List<*> -> plain.mapNotNull(::spoken).joinToString("\n").ifEmpty { null }
    is Map<*, *> -> NAMES.firstNotNullOfOrNull { plain[it] }?.toString()
    else -> plain?.toString()
}

/** What a part of a list is known by. */
private val NAMES = listOf("name", "title", "text", "url")
