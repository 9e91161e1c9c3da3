// Made from texts/ by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** A language of the app: the core's. */
public typealias Language = org.rockon.Language

/** Every sentence of the app, in one language. */
public class Texts(public val language: Language) {
    /** What every screen shares: tabs, buttons, badges, units, parts that several screens have. */
    public val app: AppTexts = AppTexts(language)
    /** The band, its members and codes. */
    public val band: BandTexts = BandTexts(language)
    /** Shows and practices by date. */
    public val calendar: CalendarTexts = CalendarTexts(language)
    /** Two values of one field, and the choice between them. */
    public val conflict: ConflictTexts = ConflictTexts(language)
    /** Editors: what they say when something happens while one types. */
    public val editor: EditorTexts = EditorTexts(language)
    /** Gig mode: read on stage, from two metres, in two seconds. */
    public val gig: GigTexts = GigTexts(language)
    /** What others did, and what waits for a choice. */
    public val notices: NoticesTexts = NoticesTexts(language)
    /** One practice, and the wrap-up after it. */
    public val practice: PracticeTexts = PracticeTexts(language)
    /** An edit that the server refused. */
    public val rejected: RejectedTexts = RejectedTexts(language)
    /** One setlist and its order. */
    public val setlist: SetlistTexts = SetlistTexts(language)
    /** The list of setlists. */
    public val setlists: SetlistsTexts = SetlistsTexts(language)
    /** Settings and the account. */
    public val settings: SettingsTexts = SettingsTexts(language)
    /** One show. */
    public val show: ShowTexts = ShowTexts(language)
    /** One song. */
    public val song: SongTexts = SongTexts(language)
    /** The list of songs, and the import of song files. */
    public val songs: SongsTexts = SongsTexts(language)
    /** How things are with the server, and the doctor. */
    public val status: StatusTexts = StatusTexts(language)
    /** What the system shows for the app: notification channels, shortcuts, permissions. */
    public val system: SystemTexts = SystemTexts(language)
    /** The first screen, signing in and up, and the way into a band. */
    public val welcome: WelcomeTexts = WelcomeTexts(language)
}

/** A number with the separators of the language. */
internal fun grouped(number: Long, language: Language): String {
    val separator = when (language) {
        Language.ENGLISH -> ','
        Language.GERMAN -> '.'
    }
    val digits = number.toString().removePrefix("-")
    val sign = if (number < 0) "-" else ""
    return sign + digits.reversed().chunked(3).joinToString(separator.toString()).reversed()
}
