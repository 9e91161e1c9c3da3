package org.rockon

/**
 * Reads a link of the app, such as `rockon://join/CODE`, which anybody may have made; null for all that is none of ours, and
 * for a server that [RockOn.open] would refuse. [emulatorHost] as in [RockOnConfig].
 */
fun parseLink(
    text: String,
    emulatorHost: Boolean = false,
): AppLink? = org.rockon.ffi.parseLink(text, emulatorHost)

/**
 * The pages on the web that a song names, from its values as [Edits.row] has them: lyrics, chords, recording, then what members
 * added, at most 50. Only addresses that are safe to open in a browser.
 */
fun webLinks(values: Values): List<WebLink> = org.rockon.ffi.webLinks(values)

/** Writes a link of the app: what is shared, or shown as a QR code. */
fun linkText(link: AppLink): String = org.rockon.ffi.linkText(link)
