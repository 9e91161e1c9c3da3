package org.rockon.ui.practice

import org.rockon.Practice
import org.rockon.code
import org.rockon.ui.fields.Column
import org.rockon.ui.fields.FieldKind
import org.rockon.ui.fields.Named
import org.rockon.ui.local
import org.rockon.ui.texts.Texts

/** A column of a practice that a person writes, in the order in which the editors have them. */
enum class PracticeField(override val column: String, override val kind: FieldKind) : Column {
    TYPE("type", FieldKind.CHOICE),
    DATE("scheduled_date", FieldKind.MOMENT),
    STATUS("status", FieldKind.CHOICE),
    LOCATION("location", FieldKind.LINE),
    DURATION("duration", FieldKind.MINUTES),
    SETLIST("setlist_id", FieldKind.ONE),
    SONGS("songs", FieldKind.MANY),
    ATTENDEES("attendees", FieldKind.MANY),
    OBJECTIVES("objectives", FieldKind.LINES),
    NOTES("notes", FieldKind.TEXT),
    START("start_time", FieldKind.MOMENT),
    END("end_time", FieldKind.MOMENT),
    REACHED("completed_objectives", FieldKind.TICKS),
    RATING("session_rating", FieldKind.CHOICE),
    WRAP_UP("wrapup_notes", FieldKind.TEXT),
    ;

    override val isRequired get() = this == TYPE || this == DATE
    override val options
        get() =
            when (this) {
                TYPE -> listOf("rehearsal", "writing", "recording", "audition", "lesson")
                STATUS -> listOf("scheduled", "in-progress", "completed", "cancelled")
                RATING -> listOf("1", "2", "3", "4", "5")
                else -> emptyList()
            }
    override val named
        get() =
            when (this) {
                SETLIST -> Named.SETLIST
                SONGS -> Named.SONG
                ATTENDEES -> Named.MEMBER
                else -> null
            }

    /** The value of a practice as one writes it. */
    internal fun of(practice: Practice): String = when (this) {
        TYPE -> practice.practiceType?.code
        DATE -> practice.scheduledDate?.let { local(it).toString() }
        STATUS -> practice.status?.code
        LOCATION -> practice.location
        DURATION -> practice.duration?.toString()
        SETLIST -> practice.setlist?.value
        SONGS -> practice.songs.mapNotNull { it.song?.value }.joinToString("\n")
        ATTENDEES -> practice.attendees.mapNotNull { it.member }.joinToString("\n")
        OBJECTIVES -> practice.objectives.joinToString("\n")
        NOTES -> practice.notes
        START -> practice.startTime?.let { local(it).toString() }
        END -> practice.endTime?.let { local(it).toString() }
        REACHED -> practice.completedObjectives.joinToString("\n")
        RATING -> practice.sessionRating?.toString()
        WRAP_UP -> practice.wrapupNotes
    }.orEmpty()

    override fun label(texts: Texts): String = when (this) {
        TYPE -> texts.practice.kind
        DATE -> texts.practice.date
        STATUS -> texts.show.status
        LOCATION -> texts.practice.place
        DURATION -> texts.practice.duration
        SETLIST -> texts.show.setlist
        SONGS -> texts.practice.songs
        ATTENDEES -> texts.practice.attendees
        OBJECTIVES -> texts.practice.objectives
        NOTES -> texts.practice.notes
        START -> texts.practice.began
        END -> texts.practice.ended
        REACHED -> texts.practice.reachedTitle
        RATING -> texts.practice.rating
        WRAP_UP -> texts.practice.wrapUpNotes
    }

    override fun option(code: String, texts: Texts): String = when (code) {
        "rehearsal" -> texts.practice.rehearsal
        "writing" -> texts.practice.writing
        "recording" -> texts.practice.recording
        "audition" -> texts.practice.audition
        "lesson" -> texts.practice.lesson
        "scheduled" -> texts.show.scheduled
        "in-progress" -> texts.practice.inProgress
        "completed" -> texts.show.completed
        "cancelled" -> texts.calendar.cancelled
        else -> if (this == RATING) code.toLongOrNull()?.let(texts.practice::ratingOf) ?: code else code
    }

    override fun missing(texts: Texts): String = texts.show.dateMissing
}
