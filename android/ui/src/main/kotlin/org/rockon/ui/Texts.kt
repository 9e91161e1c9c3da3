package org.rockon.ui

import java.text.NumberFormat

/** Every sentence of the app, in one place. What the core says (errors, notices, refusals) comes from the core. */
object Texts {
    const val APP = "Rock-On"

    // Welcome
    const val WELCOME = "Your band's songs and setlists, on every phone, with or without a signal."
    const val EMAIL = "E-mail"
    const val PASSWORD = "Password"
    const val SIGN_IN = "Sign in"
    const val SIGN_IN_AGAIN = "Sign in again"
    const val SERVER_LINK = "Link to your band's server"
    const val SERVER_HELP = "Whoever set it up has the link. It begins with rockon://server"
    const val SERVER_USE = "Use this server"
    const val SERVER_WRONG = "This is no link to a server. Copy it again, from rockon:// to its end."
    const val SERVER_OTHER = "My band has its own server"

    fun server(host: String) = "Server: $host"

    // Opening
    const val BROKEN = "Your songs could not be opened"
    const val TRY_AGAIN = "Try again"

    // The strip
    const val OFFLINE = "Offline"
    const val CONNECTING = "Connecting"
    const val DELAYED = "Updates may be delayed"
    const val FIRST_SYNC = "Reading your band's songs for the first time"
    const val SIGNED_OUT = "Signed out. Your changes wait on this phone."

    fun unsent(count: Long) = if (count == 1L) "1 change not sent yet" else "$count changes not sent yet"

    // Songs
    const val SONGS = "Songs"
    const val MINE = "Mine"
    const val SEARCH = "Search title, artist, notes"
    const val CLEAR_SEARCH = "Clear the search"
    const val ADD_SONG = "Add song"
    const val CHOOSE_BAND = "Choose a band"
    const val UNREAD = "New to you"
    const val UNSENT = "Not sent yet"
    const val NO_SONGS = "No songs yet"
    const val NO_SONGS_HELP = "Add the first one. The others see it within a moment."
    const val NO_SONGS_OWN = "Add the first one. Only you see it."
    const val NO_SONGS_VIEWER = "Nobody has added one. You will see it here."

    fun nothingFound(search: String) = "Nothing found for “$search”"

    fun beats(tempo: Long) = "$tempo bpm"

    fun count(songs: Int) = if (songs == 1) "1 song" else "${NumberFormat.getIntegerInstance().format(songs)} songs"

    // A song
    const val BACK = "Back"
    const val EDIT = "Edit"
    const val CHANGED = "Changed since you looked"
    const val DISMISS = "Got it"
    const val NOTES = "Notes"
    const val GONE = "This song is not here any more"
    const val GONE_HELP = "Somebody deleted it, or took it to another band."
    const val EMPTY_VALUE = "nothing"

    fun change(
        from: String,
        to: String,
    ) = "$from → $to"

    fun changed(
        who: String?,
        at: String,
    ) = if (who == null) "Changed $at" else "Changed by $who, $at"

    // The editor
    const val NEW_SONG = "New song"
    const val EDIT_SONG = "Edit song"
    const val SAVE = "Save"
    const val CLOSE = "Close"
    const val NEEDS_TITLE = "A song needs a title"
    const val NEEDS_NUMBER = "A whole number, please"
    const val NEEDS_LENGTH = "Minutes and seconds, such as 3:45"
    const val DISCARD = "Throw away what you typed?"
    const val DISCARD_YES = "Throw away"
    const val DISCARD_NO = "Keep writing"
    const val BRING_BACK = "Bring it back with your text"
    const val LET_GO = "Let it go"

    fun deletedBy(who: String?) = "${who ?: "Somebody"} deleted this song while you were writing."

    fun theirs(
        who: String?,
        value: String,
    ) = "${who ?: "Somebody"} changed it to: ${value.ifEmpty { EMPTY_VALUE }}"

    const val TAKE_THEIRS = "Take it"

    // Columns of a song
    const val TITLE = "Title"
    const val ARTIST = "Artist"
    const val KEY = "Key"
    const val CAPO = "Capo"
    const val TEMPO = "Tempo"
    const val METRE = "Metre"
    const val LENGTH = "Length"
    const val TUNING = "Tuning"
    const val GENRE = "Genre"
    const val DIFFICULTY = "Difficulty"
}
