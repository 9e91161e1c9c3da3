package org.rockon.ui.parts

import org.rockon.ListItem
import org.rockon.ListStep
import org.rockon.ui.texts.Texts

/** One thing that was done to a setlist. A sign first: it is seen before the name is read. */
internal fun ListStep.words(texts: Texts): String = when (this) {
    is ListStep.Added -> "+ ${item.name(texts)}"
    is ListStep.Removed -> "− ${item.name(texts)}"
    is ListStep.Moved -> "↕ ${item.name(texts)}: ${texts.setlist.nowAt(at.toLong())}"
    is ListStep.Break -> "≠ ${texts.setlist.pauseMinutes(minutes)}"
    is ListStep.Changed -> "≠ ${item.name(texts)}"
}

private fun ListItem.name(texts: Texts): String = when (this) {
    is ListItem.Song -> title ?: texts.setlist.songGone
    is ListItem.Section -> title
    is ListItem.Break -> texts.setlist.pauseMinutes(minutes)
    is ListItem.Other -> texts.setlist.unknownItem
}
