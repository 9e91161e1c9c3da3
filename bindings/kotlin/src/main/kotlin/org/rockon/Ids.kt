package org.rockon

import java.util.UUID

/** Id of a row: a song, a setlist, a show, a practice, a membership. A UUID in lower case. */
@JvmInline
value class RowId(
    val value: String,
) {
    override fun toString(): String = value

    companion object {
        /** An id that nothing has. */
        fun random(): RowId = RowId(UUID.randomUUID().toString())
    }
}

/** Where rows belong: a band, or one person's personal scope. A UUID in lower case. */
@JvmInline
value class ScopeId(
    val value: String,
) {
    override fun toString(): String = value
}

/** Id of a person. A UUID in lower case. */
@JvmInline
value class UserId(
    val value: String,
) {
    /** The person's personal scope, for songs and setlists that belong to no band. */
    val personalScope: ScopeId get() = ScopeId(value)

    override fun toString(): String = value
}

/** Id of a conflict on this phone: [Conflict.id]. What is newer has a larger one. */
@JvmInline
value class ConflictId(
    val value: Long,
) {
    override fun toString(): String = value.toString()
}

/** Id of a refused edit on this phone: [RejectedEdit.id]. What is newer has a larger one. */
@JvmInline
value class EditId(
    val value: Long,
) {
    override fun toString(): String = value.toString()
}

/** Id of a notice on this phone: [Notice.id]. What is newer has a larger one. */
@JvmInline
value class NoticeId(
    val value: Long,
) {
    override fun toString(): String = value.toString()
}

/** A band as a row, as history and notices name it. */
val ScopeId.asRow: RowId get() = RowId(value)
