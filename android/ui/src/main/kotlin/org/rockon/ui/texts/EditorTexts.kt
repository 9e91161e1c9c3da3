// Made from texts/editor.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** Editors: what they say when something happens while one types. */
public class EditorTexts internal constructor(private val speech: Language) {
    public val accessLost: String
        get() = when (speech) {
            Language.ENGLISH -> "You are not in this band any more. You can still copy your text."
            Language.GERMAN -> "Du bist nicht mehr in dieser Band. Deinen Text kannst du noch kopieren."
        }
    public val amountWrong: String
        get() = when (speech) {
            Language.ENGLISH -> "An amount, like 450"
            Language.GERMAN -> "Ein Betrag, wie 450"
        }
    public val bringBack: String
        get() = when (speech) {
            Language.ENGLISH -> "Bring it back with your text"
            Language.GERMAN -> "Mit deinem Text zurückholen"
        }
    public fun chooseTime(field: String): String = when (speech) {
            Language.ENGLISH -> "Choose a time: ${field}"
            Language.GERMAN -> "Uhrzeit wählen: ${field}"
        }
    public val copyText: String
        get() = when (speech) {
            Language.ENGLISH -> "Copy my text"
            Language.GERMAN -> "Meinen Text kopieren"
        }
    public fun deleted(name: String, thing: String): String = when (speech) {
            Language.ENGLISH -> "${name} deleted ${thing}."
            Language.GERMAN -> "${name} hat ${thing} gelöscht."
        }
    public val deletedBySomeone: String
        get() = when (speech) {
            Language.ENGLISH -> "This was deleted meanwhile."
            Language.GERMAN -> "Das wurde inzwischen gelöscht."
        }
    public val discard: String
        get() = when (speech) {
            Language.ENGLISH -> "Discard"
            Language.GERMAN -> "Verwerfen"
        }
    public val keepEditing: String
        get() = when (speech) {
            Language.ENGLISH -> "Keep editing"
            Language.GERMAN -> "Weiter bearbeiten"
        }
    public val letGo: String
        get() = when (speech) {
            Language.ENGLISH -> "Let it go"
            Language.GERMAN -> "Weg damit"
        }
    public val noDate: String
        get() = when (speech) {
            Language.ENGLISH -> "Choose a day"
            Language.GERMAN -> "Tag wählen"
        }
    public val oneALine: String
        get() = when (speech) {
            Language.ENGLISH -> "One a line"
            Language.GERMAN -> "Eines pro Zeile"
        }
    public val restored: String
        get() = when (speech) {
            Language.ENGLISH -> "Your unsaved text is back"
            Language.GERMAN -> "Dein ungespeicherter Text ist wieder da"
        }
    public val savedHere: String
        get() = when (speech) {
            Language.ENGLISH -> "Saved on this phone"
            Language.GERMAN -> "Auf diesem Handy gespeichert"
        }
    public val savedOffline: String
        get() = when (speech) {
            Language.ENGLISH -> "Saved. It is sent when there is a network."
            Language.GERMAN -> "Gespeichert. Wird gesendet, sobald es Netz gibt."
        }
    public val signedOut: String
        get() = when (speech) {
            Language.ENGLISH -> "The server has signed you out. Your text is safe here; sign in to send it."
            Language.GERMAN -> "Der Server hat dich abgemeldet. Dein Text ist hier sicher; melde dich an, um ihn zu senden."
        }
    public val takeTheirs: String
        get() = when (speech) {
            Language.ENGLISH -> "Take it"
            Language.GERMAN -> "Übernehmen"
        }
    public fun theirsBeside(name: String, value: String): String = when (speech) {
            Language.ENGLISH -> "${name} changed this to: ${value}"
            Language.GERMAN -> "${name} hat das geändert in: ${value}"
        }
    public val time: String
        get() = when (speech) {
            Language.ENGLISH -> "Time"
            Language.GERMAN -> "Uhrzeit"
        }
    public fun tooLong(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} character too long" else "${grouped(count, speech)} characters too long"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} Zeichen zu lang" else "${grouped(count, speech)} Zeichen zu lang"
        }
    public val unsaved: String
        get() = when (speech) {
            Language.ENGLISH -> "Keep your text?"
            Language.GERMAN -> "Deinen Text behalten?"
        }
    public val unsavedHint: String
        get() = when (speech) {
            Language.ENGLISH -> "You have changes that are not saved."
            Language.GERMAN -> "Du hast Änderungen, die nicht gespeichert sind."
        }
}
