package org.rockon.desktop

import kotlinx.coroutines.flow.first
import org.rockon.Choice
import org.rockon.ItemPlace
import org.rockon.RowId
import org.rockon.setlist
import org.rockon.song
import org.rockon.ui.Tab
import org.rockon.ui.conflict.ConflictPlace
import org.rockon.ui.gig.GigPlace
import org.rockon.ui.setlist.SetlistPlace
import org.rockon.ui.songs.SongPlace

/** A band's evening on two phones. Every step waits for what it tells. */
internal suspend fun evening(eric: Phone, sam: Phone, strip: Strip) {
    eric.signIn()
    sam.signIn()
    listOf(eric, sam).forEach { it.app.choose(Tab.SONGS) }
    strip.picture("Two phones, one band")
    val song = added(eric, sam, strip)
    basement(eric, sam, song, strip)
    choice(eric, sam, song, strip)
    gig(eric, sam, strip)
}

private suspend fun added(eric: Phone, sam: Phone, strip: Strip): RowId {
    val band =
        eric
            .core()
            .bands()
            .first { it.isNotEmpty() }
            .first()
    val title = "All Along the Watchtower"
    val song = eric.core().add(band.id, song { this.title = title; artist = "Jimi Hendrix"; key = "C#m"; tempo = 112 })
    eric.app.to(SongPlace(song))
    sam.core().song(song).awaited("Sam has the song") { it?.unread == true }
    sam.core().notices().awaited("Sam is told") { it.isNotEmpty() }
    strip.picture("Eric adds a song: it is new on Sam's phone")
    sam.app.to(SongPlace(song))
    sam.core().song(song).awaited("Sam has read it") { it?.unread == false }
    strip.picture("Sam looks at it")
    return song
}

private suspend fun basement(eric: Phone, sam: Phone, song: RowId, strip: Strip) {
    sam.device.network.turn(false)
    sam.core().change(song, song { notes = "Capo 2, Sam starts alone" })
    eric.core().change(song, song { notes = "Drop D, no intro" })
    strip.picture("Sam is in the basement; both write notes")
    sam.device.network.turn(true)
    sam.core().conflicts().awaited("a conflict") { it.isNotEmpty() }
    sam.core().status.awaited("all is sent") { it.outbox.unsent == 0L }
    strip.picture("A signal again: both notes are kept, and Sam is asked")
}

private suspend fun choice(eric: Phone, sam: Phone, song: RowId, strip: Strip) {
    val conflict = sam.core().conflicts().first().single().id
    sam.app.choose(Tab.NOTICES)
    strip.picture("What waits for Sam stands on top of the notices")
    sam.app.to(ConflictPlace(conflict))
    strip.picture("Mine, theirs, or both")
    sam.core().resolve(conflict, Choice.Mine)
    sam.app.back()
    eric.core().song(song).awaited("Eric has Sam's notes") { it?.notes?.startsWith("Capo 2") == true }
    sam.app.to(SongPlace(song))
    strip.picture("Sam chose the notes from the basement: Eric has them too")
}

private suspend fun gig(eric: Phone, sam: Phone, strip: Strip) {
    val band = eric.core().bands().first().first()
    val list = eric.core().add(band.id, setlist { name = "Harbour night" })
    val songs = eric.core().songs(band.id, limit = 4).first().map { it.id }
    eric.core().addSongsToSetlist(list, songs)
    sam.core().setlist(list).awaited("Sam has the setlist") { it?.items?.size == songs.size }
    listOf(eric, sam).forEach { it.app.to(SetlistPlace(list)) }
    strip.picture("Eric makes a setlist for tonight")
    sam.app.to(GigPlace(list))
    sam.core().gigChanges().awaited("the gig runs") { it != null }
    strip.picture("Sam is on stage")
    val first = eric.core().setlist(list).first()?.items.orEmpty().first().id
    eric.core().moveItem(list, first, ItemPlace.Last)
    sam.core().gigChanges().awaited("a newer setlist") { it?.newer != null }
    strip.picture("Eric changes the order: Sam is told, and nothing moves")
}
