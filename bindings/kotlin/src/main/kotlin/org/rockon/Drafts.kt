package org.rockon

import kotlin.properties.ReadWriteProperty
import kotlin.reflect.KProperty

/**
 * Columns of a row to be added or changed. Only what is set is sent: leaving a column alone and setting it to null are
 * different things.
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

/** A song's columns. Durations are seconds, `difficulty` is 1 to 5. */
class SongDraft : Draft(Kind.SONG) {
    var title: String? by Column("title")
    var artist: String? by Column("artist")
    var key: String? by Column("key")
    var tempo: Int? by Column("tempo")
    var timeSignature: String? by Column("time_signature")
    var duration: Int? by Column("duration")
    var difficulty: Int? by Column("difficulty")
    var guitarTuning: String? by Column("guitar_tuning")
    var genre: String? by Column("genre")
    var notes: String? by Column("notes")
    var referenceLinks: List<Json>? by Column("reference_links")
}

/** A setlist's columns. `items` is the whole order; make new ones with [songItem], [breakItem] and [sectionItem]. */
class SetlistDraft : Draft(Kind.SETLIST) {
    var name: String? by Column("name")
    var status: String? by Column("status")
    var notes: String? by Column("notes")
    var show: RowId? by Column("show_id")
    var tags: List<String>? by Column("tags")
    var items: List<Json>? by Column("items")
}

/** A show's columns. `scheduledDate` is a point in time (ISO), the other times are texts, `payment` is cents. */
class ShowDraft : Draft(Kind.SHOW) {
    var name: String? by Column("name")
    var venue: String? by Column("venue")
    var location: String? by Column("location")
    var setlist: RowId? by Column("setlist_id")
    var scheduledDate: String? by Column("scheduled_date")
    var loadInTime: String? by Column("load_in_time")
    var soundcheckTime: String? by Column("soundcheck_time")
    var setTime: String? by Column("set_time")
    var endTime: String? by Column("end_time")
    var duration: Int? by Column("duration")
    var payment: Int? by Column("payment")
    var contacts: List<Json>? by Column("contacts")
    var notes: String? by Column("notes")
    var gigType: String? by Column("gig_type")
    var status: String? by Column("status")
}

/** A practice's columns. Times are points in time (ISO), the duration is minutes. */
class PracticeDraft : Draft(Kind.PRACTICE) {
    var type: String? by Column("type")
    var status: String? by Column("status")
    var scheduledDate: String? by Column("scheduled_date")
    var startTime: String? by Column("start_time")
    var endTime: String? by Column("end_time")
    var duration: Int? by Column("duration")
    var location: String? by Column("location")
    var setlist: RowId? by Column("setlist_id")
    var notes: String? by Column("notes")
    var wrapupNotes: String? by Column("wrapup_notes")
    var objectives: List<String>? by Column("objectives")
    var completedObjectives: List<String>? by Column("completed_objectives")
    var sessionRating: Int? by Column("session_rating")
    var songs: List<Json>? by Column("songs")
    var attendees: List<Json>? by Column("attendees")
}

/** `song { title = "Hello"; key = "A" }` */
fun song(fill: SongDraft.() -> Unit): SongDraft = SongDraft().apply(fill)

/** `setlist { name = "The Crown"; items = listOf(songItem(id), breakItem(15)) }` */
fun setlist(fill: SetlistDraft.() -> Unit): SetlistDraft = SetlistDraft().apply(fill)

/** `show { name = "Harbour Night"; scheduledDate = "2026-12-19T20:00:00Z" }` */
fun show(fill: ShowDraft.() -> Unit): ShowDraft = ShowDraft().apply(fill)

/** `practice { location = "Unit 4"; scheduledDate = "2026-12-10T19:00:00Z" }` */
fun practice(fill: PracticeDraft.() -> Unit): PracticeDraft = PracticeDraft().apply(fill)

/** A new item of a setlist: a song. An item that is there already is kept by its `raw`. */
fun songItem(
    song: RowId,
    notes: String? = null,
): Json = json(mapOf("type" to "song", "songId" to song) + listOfNotNull(notes?.let { "notes" to it }))

/** A new item of a setlist: a pause of so many minutes. */
fun breakItem(minutes: Int): Json = json(mapOf("type" to "break", "breakDuration" to minutes))

/** A new item of a setlist: a heading. */
fun sectionItem(title: String): Json = json(mapOf("type" to "section", "sectionTitle" to title))
