package org.rockon

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import org.rockon.ffi.ClientInterface
import org.rockon.ffi.Items
import kotlin.time.Instant

/**
 * What screens show, live. Each flow is cold: collecting it opens a feed of the core, and ending the collection closes
 * it. The first value is the list or value as it is; then one for each change, at most one a frame. Every value is
 * whole: a collector that is slow gets the newest one, and none of what changed is missing in it.
 *
 * A flow completes when its member signs out or the client is closed. Collecting fails with a [RockOnException] when
 * nobody is signed in; once a flow has begun it never fails. A failure, when the database could not be read, is told by
 * [Feed.states].
 *
 * `scope` narrows a list to one band or person. `limit` is how many rows it shows at first (without one: all), and `limits`
 * how many from then on, for endless scrolling.
 */
interface Feeds {
    /**
     * Songs with [search] in title, artist or notes, ignoring case and accents; [mineOnly]: only those that I added, to a band
     * or for myself. Each says which band it is of.
     */
    fun songs(
        scope: ScopeId? = null,
        search: String = "",
        unreadOnly: Boolean = false,
        mineOnly: Boolean = false,
        order: SongOrder = SongOrder.TITLE,
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<Song>>

    /** How many songs such a list has, whatever its limit. */
    suspend fun countSongs(
        scope: ScopeId? = null,
        search: String = "",
        unreadOnly: Boolean = false,
        mineOnly: Boolean = false,
    ): Int

    /**
     * The letters of such a list by title or artist, in its order, for fast scrolling: each once, with the index of its first
     * song whatever the list's limit. `#` stands for what begins with no letter. None in other orders.
     */
    suspend fun songLetters(
        scope: ScopeId? = null,
        search: String = "",
        unreadOnly: Boolean = false,
        mineOnly: Boolean = false,
        order: SongOrder = SongOrder.TITLE,
    ): List<Letter>

    /** One song; null while it is not there. */
    fun song(id: RowId): Feed<Song?>

    /** Setlists, by name: those in use, or with [archived] the archived ones alone. */
    fun setlists(
        scope: ScopeId? = null,
        archived: Boolean = false,
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<Setlist>>

    /** How many setlists such a list has, whatever its limit. */
    suspend fun countSetlists(
        scope: ScopeId? = null,
        archived: Boolean = false,
    ): Int

    /** One setlist with its songs; null while it is not there. */
    fun setlist(id: RowId): Feed<Setlist?>

    /** One show; null while it is not there. */
    fun show(id: RowId): Feed<Show?>

    /** One practice; null while it is not there. */
    fun practice(id: RowId): Feed<Practice?>

    /** Shows, the earliest first; only [from] this time on, if one is given. */
    fun shows(
        scope: ScopeId? = null,
        from: Instant? = null,
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<Show>>

    /** How many shows such a list has, whatever its limit. */
    suspend fun countShows(
        scope: ScopeId? = null,
        from: Instant? = null,
    ): Int

    /** Practices, the earliest first; only [from] this time on, if one is given. */
    fun practices(
        scope: ScopeId? = null,
        from: Instant? = null,
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<Practice>>

    /** How many practices such a list has, whatever its limit. */
    suspend fun countPractices(
        scope: ScopeId? = null,
        from: Instant? = null,
    ): Int

    /**
     * Shows and practices in one list: what comes, the next first; what has passed, the latest first; what has no time. What was
     * called off stays at its place. An entry whose time comes moves after the next change of the list.
     */
    fun calendar(
        scope: ScopeId? = null,
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<CalendarEntry>>

    /** How many shows and practices there are. */
    suspend fun countCalendar(scope: ScopeId? = null): Int

    /** My bands. */
    fun bands(): Feed<List<Band>>

    /** The active members of a band; with [former], those who left or were removed too. */
    fun members(
        band: ScopeId,
        former: Boolean = false,
    ): Feed<List<Member>>

    /** Notices of a band, or of all, the newest first. */
    fun notices(
        limit: Int? = null,
        scope: ScopeId? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<Notice>>

    /** How many notices there are. */
    suspend fun countNotices(scope: ScopeId? = null): Int

    /** How many notices have not been looked at. */
    fun unseenNotices(scope: ScopeId? = null): Feed<Int>

    /** The same, once. */
    suspend fun countUnseenNotices(scope: ScopeId? = null): Int

    /** Unread rows by band and kind. */
    fun unread(): Feed<List<UnreadCount>>

    /** Conflicts that wait for a person. */
    fun conflicts(
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<Conflict>>

    /** How many conflicts wait for a person. */
    suspend fun countConflicts(): Int

    /** Refused edits that wait for a person. */
    fun rejectedEdits(
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<RejectedEdit>>

    /** How many refused edits wait for a person. */
    suspend fun countRejectedEdits(): Int

    /** Edits that wait to be sent, the one that waits longest first. [Status] counts them. */
    fun unsentEdits(
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<UnsentEdit>>

    /**
     * What was deleted in a band, or in my personal scope, within 90 days, and can be brought back by [Edits.restore]: the newest
     * first, 500 rows at most. Mine that are not sent yet come first. Where the server cannot be asked, [Feed.states] has the
     * failure beside what is known here; it is asked again after each change in the scope, and when the phone has synced again.
     * Everybody in the band may look; a viewer's restore is refused.
     */
    fun deleted(
        scope: ScopeId,
        limit: Int? = null,
        limits: Flow<Int> = emptyFlow(),
    ): Feed<List<Deleted>>
}

/** When it is; null where that cannot be read. */
val CalendarEntry.at: Instant?
    get() =
        when (this) {
            is CalendarEntry.OfShow -> show.scheduledDate
            is CalendarEntry.OfPractice -> practice.scheduledDate
        }

/** Its time has passed. */
val CalendarEntry.isPast: Boolean
    get() =
        when (this) {
            is CalendarEntry.OfShow -> isPast
            is CalendarEntry.OfPractice -> isPast
        }

/** How many rows a query asks for: all without a limit. */
private fun shown(rows: Int?): Int = rows ?: Int.MAX_VALUE

internal class CoreFeeds(
    private val client: ClientInterface,
    private val flows: Flows,
) : Feeds {
    override fun songs(
        scope: ScopeId?,
        search: String,
        unreadOnly: Boolean,
        mineOnly: Boolean,
        order: SongOrder,
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<Song>> {
        val query = SongQuery(scope, search, unreadOnly, mineOnly, order, shown(limit))
        return flows.list(limits, { client.observeSongs(query) }) { (it as Items.Songs).items }
    }

    override suspend fun countSongs(
        scope: ScopeId?,
        search: String,
        unreadOnly: Boolean,
        mineOnly: Boolean,
    ) = calling {
        client.countSongs(SongQuery(scope, search, unreadOnly, mineOnly, SongOrder.TITLE, shown(null))).toInt()
    }

    override suspend fun songLetters(
        scope: ScopeId?,
        search: String,
        unreadOnly: Boolean,
        mineOnly: Boolean,
        order: SongOrder,
    ) = calling { client.songLetters(SongQuery(scope, search, unreadOnly, mineOnly, order, shown(null))) }

    override fun song(id: RowId): Feed<Song?> = flows.value({ client.observeSong(id) }) { (it as Items.OneSong).value }

    override fun setlists(
        scope: ScopeId?,
        archived: Boolean,
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<Setlist>> =
        flows.list(limits, {
            client.observeSetlists(SetlistQuery(scope, archived, shown(limit)))
        }) { (it as Items.Setlists).items }

    override suspend fun countSetlists(
        scope: ScopeId?,
        archived: Boolean,
    ) = calling { client.countSetlists(SetlistQuery(scope, archived, shown(null))).toInt() }

    override fun setlist(id: RowId): Feed<Setlist?> =
        flows.value({ client.observeSetlist(id) }) { (it as Items.OneSetlist).value }

    override fun show(id: RowId): Feed<Show?> = flows.value({ client.observeShow(id) }) { (it as Items.OneShow).value }

    override fun practice(id: RowId): Feed<Practice?> =
        flows.value({ client.observePractice(id) }) { (it as Items.OnePractice).value }

    override fun shows(
        scope: ScopeId?,
        from: Instant?,
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<Show>> =
        flows.list(limits, {
            client.observeShows(ShowQuery(scope, from, shown(limit)))
        }) { (it as Items.Shows).items }

    override suspend fun countShows(
        scope: ScopeId?,
        from: Instant?,
    ) = calling { client.countShows(ShowQuery(scope, from, shown(null))).toInt() }

    override fun practices(
        scope: ScopeId?,
        from: Instant?,
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<Practice>> =
        flows.list(
            limits,
            { client.observePractices(PracticeQuery(scope, from, shown(limit))) },
        ) { (it as Items.Practices).items }

    override suspend fun countPractices(
        scope: ScopeId?,
        from: Instant?,
    ) = calling { client.countPractices(PracticeQuery(scope, from, shown(null))).toInt() }

    override fun calendar(
        scope: ScopeId?,
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<CalendarEntry>> =
        flows.list(limits, { client.observeCalendar(scope, limit(limit)) }) { (it as Items.Calendar).items }

    override suspend fun countCalendar(scope: ScopeId?) = calling { client.countCalendar(scope).toInt() }

    override fun bands(): Feed<List<Band>> = flows.list(open = { client.observeBands() }) { (it as Items.Bands).items }

    override fun members(
        band: ScopeId,
        former: Boolean,
    ): Feed<List<Member>> = flows.list(open = { client.observeMembers(band, former) }) { (it as Items.Members).items }

    override fun notices(
        limit: Int?,
        scope: ScopeId?,
        limits: Flow<Int>,
    ): Feed<List<Notice>> = flows.list(limits, { client.observeNotices(limit(limit), scope) }) { (it as Items.Notices).items }

    override suspend fun countNotices(scope: ScopeId?) = calling { client.countNotices(scope).toInt() }

    override suspend fun countUnseenNotices(scope: ScopeId?) = calling { client.countUnseenNotices(scope).toInt() }

    override fun unseenNotices(scope: ScopeId?): Feed<Int> =
        flows.value({ client.observeUnseenNotices(scope) }) { (it as Items.Count).value.toInt() }

    override fun unread(): Feed<List<UnreadCount>> = flows.value({ client.observeUnread() }) { (it as Items.UnreadRows).value }

    override fun conflicts(
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<Conflict>> = flows.list(limits, { client.observeConflicts(limit(limit)) }) { (it as Items.Conflicts).items }

    override suspend fun countConflicts() = calling { client.countConflicts().toInt() }

    override suspend fun countRejectedEdits() = calling { client.countRejectedEdits().toInt() }

    override fun rejectedEdits(
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<RejectedEdit>> =
        flows.list(limits, {
            client.observeRejectedEdits(limit(limit))
        }) { (it as Items.RejectedEdits).items }

    override fun unsentEdits(
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<UnsentEdit>> =
        flows.list(limits, { client.observeUnsentEdits(limit(limit)) }) { (it as Items.UnsentEdits).items }

    override fun deleted(
        scope: ScopeId,
        limit: Int?,
        limits: Flow<Int>,
    ): Feed<List<Deleted>> =
        flows.list(limits, { client.observeDeleted(scope, limit(limit)) }) { (it as Items.DeletedRows).items }
}
