package org.rockon.ui.gig

import org.rockon.Gig
import org.rockon.GigBody
import org.rockon.GigPage
import org.rockon.GigUpdate

/** What the core has pinned. As long as its pages are the same, the one that is open is this screen's own. */
internal fun GigState.with(gig: Gig): GigState {
    val pinned = gig.pages.map(GigPage::page)
    val isSame = isLoaded && pinned == pages
    return copy(
        isLoaded = true,
        setlist = gig.setlist,
        name = gig.name,
        pages = if (isSame) pages else pinned,
        page = if (isSame) page else gig.page,
        left = gig.secondsLeft,
        isMoreLeft = gig.untimedLeft > 0,
        update = gig.newer?.shown(),
    )
}

private fun GigPage.page(): Page = when (val body = body) {
    is GigBody.Song -> {
        val (capo, tempo) = body.capo?.takeIf { it > 0 } to body.tempo?.takeIf { it > 0 }
        Page.Song(item, body.title, body.artist, body.key, capo, tempo, notes(body.itemNotes, body.songNotes), section)
    }

    is GigBody.Break -> Page.Break(item, body.minutes, notes(body.notes), section)

    is GigBody.Section -> Page.Section(item, body.title)
}

/** Those of tonight first. */
private fun notes(vararg notes: String?): String? = notes.filterNot(String?::isNullOrBlank).joinToString("\n").ifEmpty { null }

private fun GigUpdate.shown() = Update(
    by = by.joinToString().ifEmpty { null },
    added = added.toLong(),
    removed = removed.toLong(),
    isReordered = isReordered,
    isDeleted = isDeleted,
    steps = steps,
)
