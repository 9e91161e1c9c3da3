package org.rockon

import org.rockon.ffi.ClientInterface

/**
 * What a member does to rows, notices, conflicts and refused edits. An edit is durable and on every flow when its call
 * comes back; it is sent when there is a network. Cancelling the caller never tears an edit in half: it is made, or its
 * call had not begun.
 */
interface Edits {
    /**
     * Adds a song, setlist, show or practice to a band or to [UserId.personalScope].
     *
     * @throws RockOnException.Invalid naming the column; nothing was added then
     */
    suspend fun add(
        scope: ScopeId,
        kind: Kind,
        values: Values,
    ): RowId

    /** Adds what the draft describes. */
    suspend fun add(
        scope: ScopeId,
        draft: Draft,
    ): RowId = add(scope, draft.kind, draft.values)

    /** Adds many songs, as an import does: all are checked before the first is added. Ids come in the same order. */
    suspend fun addSongs(
        scope: ScopeId,
        songs: List<SongDraft>,
    ): List<RowId>

    /**
     * Adds a song once more, to a band or to [UserId.personalScope]: all that is in it, but not its history, who has looked, and
     * what a band or person noted of playing it. Returns the id of the copy. Where I may not write it is refused like any other
     * edit; whoever sees a song may copy it.
     *
     * @throws RockOnException.NotFound it is not here
     * @throws RockOnException.Invalid a column came shortened
     */
    suspend fun copySong(
        song: RowId,
        to: ScopeId,
    ): RowId

    /**
     * Moves a song to a band or to [UserId.personalScope]: one edit, after which it is there under the same id, and not here any
     * more. The server lets admins of the band that it leaves do this and whoever made the song, if they may write where it
     * goes; else the edit is refused and the song stays. Its history stays behind. Setlists that name it go on naming it: who
     * does not see it where it is now sees a song that is not here. For others it is new, and unread. True when it was
     * elsewhere before.
     *
     * @throws RockOnException.NotFound it is not here
     */
    suspend fun moveSong(
        song: RowId,
        to: ScopeId,
    ): Boolean

    /** Changes some columns; the others stay. True when something is different now. */
    suspend fun change(
        kind: Kind,
        id: RowId,
        values: Values,
    ): Boolean

    /** Changes the columns that the draft sets. */
    suspend fun change(
        id: RowId,
        draft: Draft,
    ): Boolean = change(draft.kind, id, draft.values)

    /** Deletes a row. An edit that somebody makes at the same time brings it back, with a notice. */
    suspend fun delete(
        kind: Kind,
        id: RowId,
    )

    /**
     * Brings a deleted row back: right after a delete of mine, which is withdrawn if it has not been sent, or within 90 days
     * from what the server keeps (see [Feeds.deleted]). False when the row is there already.
     */
    suspend fun restore(
        scope: ScopeId,
        kind: Kind,
        id: RowId,
    ): Boolean

    /** A whole row as it is shown, by column names; null if it is not there. */
    suspend fun row(
        kind: Kind,
        id: RowId,
    ): Values?

    /** Who changed a row last, and when; null if it is not there. */
    suspend fun lastChange(
        kind: Kind,
        id: RowId,
    ): LastChange?

    /**
     * What is different about a row since this member looked: column, old and new value, who and when. Null when it is not
     * unread, or new to them.
     */
    suspend fun changesSinceSeen(
        kind: Kind,
        id: RowId,
    ): ChangesSinceSeen?

    /** Who did what to a row, the newest first. A first reading brings no log: it begins with what came after. */
    suspend fun history(
        kind: Kind,
        id: RowId,
        limit: Int? = null,
    ): List<LoggedChange>

    /** What a row was when this member last looked; null when it is not unread. */
    suspend fun lastSeen(
        kind: Kind,
        id: RowId,
    ): Values?

    /** The member has opened a row: its dot goes, on all of their devices. */
    suspend fun markRead(
        kind: Kind,
        id: RowId,
    )

    /** Everything of a kind in a band is read. */
    suspend fun markKindRead(
        scope: ScopeId,
        kind: Kind,
    )

    /** Everything everywhere is read. */
    suspend fun markAllRead()

    /** The member has looked at a notice. */
    suspend fun seeNotice(id: NoticeId)

    /** The member has looked at all notices, or at all of a band. */
    suspend fun seeAllNotices(scope: ScopeId? = null)

    /** On stage: notices are held back, and come as one digest when it is switched off. Outlives a restart. */
    suspend fun setGigMode(on: Boolean)

    /** Whether gig mode is on. */
    suspend fun gigMode(): Boolean

    /** Settles a conflict: the chosen value becomes an ordinary edit. */
    suspend fun resolve(
        conflict: ConflictId,
        choice: Choice,
    )

    /** Sends a refused edit once more, behind everything else. */
    suspend fun retry(rejected: EditId)

    /** Gives a refused edit up. The row shows the server's values already. */
    suspend fun discard(rejected: EditId)
}

internal class CoreEdits(
    private val client: ClientInterface,
) : Edits {
    override suspend fun add(
        scope: ScopeId,
        kind: Kind,
        values: Values,
    ) = calling { client.add(scope, kind, values) }

    override suspend fun addSongs(
        scope: ScopeId,
        songs: List<SongDraft>,
    ) = calling { client.addSongs(scope, songs.map { it.values }) }

    override suspend fun copySong(
        song: RowId,
        to: ScopeId,
    ) = calling { client.copySong(song, to) }

    override suspend fun moveSong(
        song: RowId,
        to: ScopeId,
    ) = calling { client.moveSong(song, to) }

    override suspend fun change(
        kind: Kind,
        id: RowId,
        values: Values,
    ) = calling { client.change(kind, id, values) }

    override suspend fun delete(
        kind: Kind,
        id: RowId,
    ) = calling { client.delete(kind, id) }

    override suspend fun restore(
        scope: ScopeId,
        kind: Kind,
        id: RowId,
    ) = calling { client.restore(scope, kind, id) }

    override suspend fun row(
        kind: Kind,
        id: RowId,
    ) = calling { client.row(kind, id) }

    override suspend fun lastChange(
        kind: Kind,
        id: RowId,
    ) = calling { client.lastChange(kind, id) }

    override suspend fun changesSinceSeen(
        kind: Kind,
        id: RowId,
    ) = calling { client.changesSinceSeen(kind, id) }

    override suspend fun history(
        kind: Kind,
        id: RowId,
        limit: Int?,
    ) = calling { client.history(kind, id, limit(limit)) }

    override suspend fun lastSeen(
        kind: Kind,
        id: RowId,
    ) = calling { client.lastSeen(kind, id) }

    override suspend fun markRead(
        kind: Kind,
        id: RowId,
    ) = calling { client.markRead(kind, id) }

    override suspend fun markKindRead(
        scope: ScopeId,
        kind: Kind,
    ) = calling { client.markKindRead(scope, kind) }

    override suspend fun markAllRead() = calling { client.markAllRead() }

    override suspend fun seeNotice(id: NoticeId) = calling { client.seeNotice(id) }

    override suspend fun seeAllNotices(scope: ScopeId?) = calling { client.seeAllNotices(scope) }

    override suspend fun setGigMode(on: Boolean) = calling { client.setGigMode(on) }

    override suspend fun gigMode() = calling { client.gigMode() }

    override suspend fun resolve(
        conflict: ConflictId,
        choice: Choice,
    ) = calling { client.resolve(conflict, choice) }

    override suspend fun retry(rejected: EditId) = calling { client.retry(rejected) }

    override suspend fun discard(rejected: EditId) = calling { client.discard(rejected) }
}
