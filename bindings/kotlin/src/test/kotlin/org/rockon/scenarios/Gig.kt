package org.rockon.scenarios

import org.rockon.Gig
import org.rockon.GigBody
import org.rockon.Kind
import org.rockon.RockOn

/** The setlist on stage: what a member does with it. */
internal suspend fun ScenarioRun.stage(
    core: RockOn,
    does: String,
    step: Members,
): Boolean {
    when (does) {
        "start_gig" -> core.startGig(row(core, Kind.SETLIST, step.text("row")))
        "turn_page" -> core.turnPage(step.number("page").toInt())
        "take_gig_update" -> core.takeGigUpdate()
        "end_gig" -> core.endGig()
        else -> return false
    }
    return true
}

/** What a step wants of the gig that runs. */
private class WantedGig(
    step: Members,
) {
    private val songs = step.textsOrNull("songs")
    private val page = step.numberOrNull("page")
    private val newer = step.flagOrNull("newer")
    private val by = step.textsOrNull("by")
    private val added = step.numberOrNull("added")
    private val removed = step.numberOrNull("removed")
    private val reordered = step.flagOrNull("reordered")
    private val deleted = step.flagOrNull("deleted")

    fun isOf(gig: Gig): Boolean {
        val update = gig.newer
        return fits(songs, gig.pages.mapNotNull { (it.body as? GigBody.Song)?.title }) &&
            fits(page, gig.page.toLong()) && fits(newer, update != null) && fits(by, update?.by) &&
            fits(added, update?.added?.toLong()) && fits(removed, update?.removed?.toLong()) &&
            fits(reordered, update?.isReordered) && fits(deleted, update?.isDeleted)
    }
}

/** What must come to be of the gig that runs. */
internal suspend fun ScenarioRun.gig(
    core: RockOn,
    step: Members,
) {
    val wanted = WantedGig(step)
    val gone = step.flagOrNull("gone") == true
    step.done()
    reached(patience, { core.gigChanges() }) { gig -> if (gig == null) gone else !gone && wanted.isOf(gig) }
}
