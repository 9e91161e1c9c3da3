package org.rockon

import kotlin.properties.ReadWriteProperty
import kotlin.reflect.KProperty

/**
 * Columns of a row to be added or changed; [SongDraft] and its like have a property for each that rows have. Only what is
 * set is sent: leaving a column alone and setting it to null are different things.
 */
sealed class Draft(
    /** What the row is. */
    val kind: Kind,
) {
    private val set = LinkedHashMap<String, Json>()

    /** The columns that were set. */
    val values: Values get() = set.toMap()

    /** Sets a column by its name, for those that have no property here. */
    operator fun set(
        column: String,
        value: Any?,
    ) {
        set[column] = json(value)
    }

    /** A column as a property; reading it gives what was set here, not what the row has. */
    internal class Column<T>(
        private val name: String,
    ) : ReadWriteProperty<Draft, T?> {
        private var value: T? = null

        override fun getValue(
            thisRef: Draft,
            property: KProperty<*>,
        ): T? = value

        override fun setValue(
            thisRef: Draft,
            property: KProperty<*>,
            value: T?,
        ) {
            this.value = value
            thisRef[name] = value
        }
    }
}

/** `song { title = "Hello"; key = "A" }` */
inline fun song(fill: SongDraft.() -> Unit): SongDraft = SongDraft().apply(fill)

/** `setlist { name = "The Crown"; items = listOf(songItem(id), breakItem(15)) }` */
inline fun setlist(fill: SetlistDraft.() -> Unit): SetlistDraft = SetlistDraft().apply(fill)

/** `show { name = "Harbour Night"; scheduledDate = Instant.parse("2026-12-19T20:00:00Z") }` */
inline fun show(fill: ShowDraft.() -> Unit): ShowDraft = ShowDraft().apply(fill)

/** `practice { practiceType = PracticeType.Rehearsal; location = "Unit 4"; scheduledDate = next }` */
inline fun practice(fill: PracticeDraft.() -> Unit): PracticeDraft = PracticeDraft().apply(fill)

/** A new item of a setlist: a song. An item that is there already is kept by its `raw`. */
fun songItem(
    song: RowId,
    notes: String? = null,
): Json = json(mapOf("type" to "song", "songId" to song) + listOfNotNull(notes?.let { "notes" to it }))

/** A new item of a setlist: a pause of so many minutes. */
fun breakItem(minutes: Int): Json = json(mapOf("type" to "break", "breakDuration" to minutes))

/** A new item of a setlist: a heading. */
fun sectionItem(title: String): Json = json(mapOf("type" to "section", "sectionTitle" to title))
