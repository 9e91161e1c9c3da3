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
    /** Its title. A new song needs one. */
    var title: String? by Column("title")

    /** Who it is by. */
    var artist: String? by Column("artist")

    /** The key it is played in, such as `F#m`. */
    var key: String? by Column("key")

    /** Beats a minute, 1 to 1,000. */
    var tempo: Int? by Column("tempo")

    /** How it is counted. */
    var timeSignature: TimeSignature? by Column("time_signature")

    /** Length in seconds, up to a day. */
    var duration: Int? by Column("duration")

    /** From 1 (easy) to 5. */
    var difficulty: Int? by Column("difficulty")

    /** How guitars are tuned; `Standard` if a new song does not say. */
    var guitarTuning: String? by Column("guitar_tuning")

    /** Fret of the capo, 0 (none) to 11. */
    var capo: Int? by Column("capo")

    /** Genre. */
    var genre: String? by Column("genre")

    /** Notes for the band; texts that two people change are merged. */
    var notes: String? by Column("notes")

    /** Links to recordings or sheets, as the row has them. */
    var referenceLinks: List<Json>? by Column("reference_links")
}

/** A setlist's columns. `items` is the whole order; make new ones with [songItem], [breakItem] and [sectionItem]. */
class SetlistDraft : Draft(Kind.SETLIST) {
    /** Its name. A new setlist needs one. */
    var name: String? by Column("name")

    /** How far it is. */
    var status: SetlistStatus? by Column("status")

    /** Notes for the band. */
    var notes: String? by Column("notes")

    /** The show it is for. */
    var show: RowId? by Column("show_id")

    /** Words to find it by. */
    var tags: List<String>? by Column("tags")

    /** What is played, the whole order. */
    var items: List<Json>? by Column("items")
}

/** A show's columns. `scheduledDate` is a point in time (ISO), `payment` is cents. */
class ShowDraft : Draft(Kind.SHOW) {
    /** Its name. A new show needs one. */
    var name: String? by Column("name")

    /** The house. */
    var venue: String? by Column("venue")

    /** Where that is. */
    var location: String? by Column("location")

    /** The setlist that is played. */
    var setlist: RowId? by Column("setlist_id")

    /** When it is: a point in time (ISO). A new show needs one. */
    var scheduledDate: String? by Column("scheduled_date")

    /** When gear comes in. */
    var loadInTime: ShowTime? by Column("load_in_time")

    /** When the sound check is. */
    var soundcheckTime: ShowTime? by Column("soundcheck_time")

    /** When the set begins. */
    var setTime: ShowTime? by Column("set_time")

    /** When it ends. */
    var endTime: ShowTime? by Column("end_time")

    /** Minutes. */
    var duration: Int? by Column("duration")

    /** Cents, not below 0. */
    var payment: Int? by Column("payment")

    /** People at the venue, all of them. */
    var contacts: List<Contact>? by Column("contacts")

    /** Notes for the band. */
    var notes: String? by Column("notes")

    /** What kind of gig it is. */
    var gigType: String? by Column("gig_type")

    /** Whether it takes place. */
    var status: ShowStatus? by Column("status")
}

/** A practice's columns. Times are points in time (ISO), the duration is minutes. */
class PracticeDraft : Draft(Kind.PRACTICE) {
    /** What it is. A new practice needs one. */
    var type: PracticeType? by Column("type")

    /** Whether it takes place; `scheduled` if a new practice does not say. */
    var status: PracticeStatus? by Column("status")

    /** When it is: a point in time (ISO). A new practice needs one. */
    var scheduledDate: String? by Column("scheduled_date")

    /** When it began: a point in time (ISO). */
    var startTime: String? by Column("start_time")

    /** When it ended: a point in time (ISO). */
    var endTime: String? by Column("end_time")

    /** Minutes. */
    var duration: Int? by Column("duration")

    /** Where it is. */
    var location: String? by Column("location")

    /** The setlist that is practised. */
    var setlist: RowId? by Column("setlist_id")

    /** Notes for the band. */
    var notes: String? by Column("notes")

    /** What is to be remembered of it. */
    var wrapupNotes: String? by Column("wrapup_notes")

    /** What is to be done. */
    var objectives: List<String>? by Column("objectives")

    /** What of that was done. */
    var completedObjectives: List<String>? by Column("completed_objectives")

    /** How it went, from 1 to 5. */
    var sessionRating: Int? by Column("session_rating")

    /** The songs practised, all of them. */
    var songs: List<PractisedSong>? by Column("songs")

    /** Who comes and came, all of them. */
    var attendees: List<Attendee>? by Column("attendees")
}

/** `song { title = "Hello"; key = "A" }` */
fun song(fill: SongDraft.() -> Unit): SongDraft = SongDraft().apply(fill)

/** `setlist { name = "The Crown"; items = listOf(songItem(id), breakItem(15)) }` */
fun setlist(fill: SetlistDraft.() -> Unit): SetlistDraft = SetlistDraft().apply(fill)

/** `show { name = "Harbour Night"; scheduledDate = "2026-12-19T20:00:00Z" }` */
fun show(fill: ShowDraft.() -> Unit): ShowDraft = ShowDraft().apply(fill)

/** `practice { type = PracticeType.Rehearsal; location = "Unit 4"; scheduledDate = "2026-12-10T19:00:00Z" }` */
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
