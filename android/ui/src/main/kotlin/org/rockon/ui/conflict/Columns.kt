package org.rockon.ui.conflict

import org.rockon.Json
import org.rockon.Kind
import org.rockon.labelOf
import org.rockon.plain
import org.rockon.ui.moment
import org.rockon.ui.song.SongField
import org.rockon.ui.texts.Texts
import kotlin.time.Instant

private fun songField(
    kind: Kind,
    column: String,
): SongField? = SongField.entries.find { kind == Kind.SONG && it.column == column }

/** What a column is called. */
internal fun columnName(
    kind: Kind,
    column: String,
    texts: Texts,
): String = songField(kind, column)?.label(texts.song) ?: labelOf(column, texts.language).replaceFirstChar(Char::uppercase)

/** A value of any column as one reads it; null for none. */
internal fun valueWords(
    kind: Kind,
    column: String,
    value: Json,
): String? {
    val field = songField(kind, column)
    return if (field == null) spoken(value.plain) else field.words(value)
}

/** Text in which two people's words can be put together. */
internal val Json.isProse: Boolean get() = this is Json.Null || (this is Json.Text && Instant.parseOrNull(text) == null)

private fun spoken(plain: Any?): String? =
    when (plain) {
        is String -> (Instant.parseOrNull(plain)?.let(::moment) ?: plain).ifEmpty { null }
        is List<*> -> plain.mapNotNull(::spoken).joinToString("\n").ifEmpty { null }
        is Map<*, *> -> NAMES.firstNotNullOfOrNull { plain[it] }?.toString()
        else -> plain?.toString()
    }

/** What a part of a list is known by. */
private val NAMES = listOf("name", "title", "text", "url")
