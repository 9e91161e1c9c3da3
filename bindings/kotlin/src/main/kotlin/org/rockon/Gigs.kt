package org.rockon

import org.rockon.ffi.ClientInterface
import org.rockon.ffi.Items

/**
 * The setlist on stage. It is pinned when the gig starts, so that nothing moves; it is this phone's alone, and nothing of it is
 * sent. A heading of the setlist is no page: it is the [GigPage.section] of the page after it. One that nothing follows is a
 * page of its own, a [GigBody.Section].
 */
interface Gigs {
    /**
     * Pins a setlist as it is now, songs included, opens its first page and switches gig mode on. It takes the place of a gig that
     * runs. It stays, on its page, over a kill, the end of the session by the server and the deletion of the setlist.
     *
     * @throws RockOnException.NotFound a setlist that is not here
     */
    suspend fun startGig(setlist: RowId): Gig

    /** The gig that runs; null if none does. */
    suspend fun gig(): Gig?

    /** The gig that runs, live: its page, and what a newer version of the setlist would change. */
    fun gigChanges(): Feed<Gig?>

    /**
     * Opens a page of the gig, from 0; before the first the first, behind the last the last.
     *
     * @throws RockOnException.NotFound no gig runs
     */
    suspend fun turnPage(page: Int)

    /**
     * Pins the setlist as it is now and stays on the song that is open, or on the nearest before it that is still there. Where
     * the setlist is gone, all stays as it is.
     *
     * @throws RockOnException.NotFound no gig runs
     */
    suspend fun takeGigUpdate(): Gig

    /** Ends the gig, if one runs, and switches gig mode off: what was held back comes as one digest. */
    suspend fun endGig()
}

internal class CoreGigs(
    private val client: ClientInterface,
    private val flows: Flows,
) : Gigs {
    override suspend fun startGig(setlist: RowId) = calling { client.startGig(setlist) }

    override suspend fun gig() = calling { client.gig() }

    override fun gigChanges(): Feed<Gig?> = flows.value({ client.observeGig() }) { (it as Items.RunningGig).value }

    override suspend fun turnPage(page: Int) = calling { client.turnPage(limit(page)) }

    override suspend fun takeGigUpdate() = calling { client.takeGigUpdate() }

    override suspend fun endGig() = calling { client.endGig() }
}
