// Made from texts/show.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** One show. */
public class ShowTexts internal constructor(private val speech: Language) {
    public val addContact: String
        get() = when (speech) {
            Language.ENGLISH -> "Add contact"
            Language.GERMAN -> "Kontakt hinzufügen"
        }
    public val addToCalendar: String
        get() = when (speech) {
            Language.ENGLISH -> "Add to my calendar"
            Language.GERMAN -> "In meinen Kalender"
        }
    public val address: String
        get() = when (speech) {
            Language.ENGLISH -> "Address"
            Language.GERMAN -> "Adresse"
        }
    public fun call(name: String): String = when (speech) {
            Language.ENGLISH -> "Call ${name}"
            Language.GERMAN -> "${name} anrufen"
        }
    public fun cancelAsk(name: String): String = when (speech) {
            Language.ENGLISH -> "Cancel “${name}”?"
            Language.GERMAN -> "„${name}“ absagen?"
        }
    public val cancelHint: String
        get() = when (speech) {
            Language.ENGLISH -> "It stays in the calendar, marked as cancelled."
            Language.GERMAN -> "Er bleibt im Kalender und ist als abgesagt markiert."
        }
    public val cancelShow: String
        get() = when (speech) {
            Language.ENGLISH -> "Cancel show"
            Language.GERMAN -> "Auftritt absagen"
        }
    public val chooseSetlist: String
        get() = when (speech) {
            Language.ENGLISH -> "Choose a setlist"
            Language.GERMAN -> "Setlist wählen"
        }
    public val completed: String
        get() = when (speech) {
            Language.ENGLISH -> "Over"
            Language.GERMAN -> "Vorbei"
        }
    public val confirmed: String
        get() = when (speech) {
            Language.ENGLISH -> "Confirmed"
            Language.GERMAN -> "Bestätigt"
        }
    public val contactEmail: String
        get() = when (speech) {
            Language.ENGLISH -> "E-mail"
            Language.GERMAN -> "E-Mail"
        }
    public val contactName: String
        get() = when (speech) {
            Language.ENGLISH -> "Name"
            Language.GERMAN -> "Name"
        }
    public val contactPhone: String
        get() = when (speech) {
            Language.ENGLISH -> "Phone"
            Language.GERMAN -> "Telefon"
        }
    public val contactRole: String
        get() = when (speech) {
            Language.ENGLISH -> "Role"
            Language.GERMAN -> "Rolle"
        }
    public val contacts: String
        get() = when (speech) {
            Language.ENGLISH -> "Contacts"
            Language.GERMAN -> "Kontakte"
        }
    public val date: String
        get() = when (speech) {
            Language.ENGLISH -> "Date"
            Language.GERMAN -> "Datum"
        }
    public val dateMissing: String
        get() = when (speech) {
            Language.ENGLISH -> "Please choose a date"
            Language.GERMAN -> "Wähle ein Datum"
        }
    public fun deleteAsk(name: String): String = when (speech) {
            Language.ENGLISH -> "Delete “${name}”?"
            Language.GERMAN -> "„${name}“ löschen?"
        }
    public val duration: String
        get() = when (speech) {
            Language.ENGLISH -> "Length of the set"
            Language.GERMAN -> "Länge des Sets"
        }
    public val end: String
        get() = when (speech) {
            Language.ENGLISH -> "End"
            Language.GERMAN -> "Ende"
        }
    public val gigType: String
        get() = when (speech) {
            Language.ENGLISH -> "Kind of gig"
            Language.GERMAN -> "Art des Auftritts"
        }
    public val gone: String
        get() = when (speech) {
            Language.ENGLISH -> "This show is not here any more"
            Language.GERMAN -> "Diesen Auftritt gibt es nicht mehr"
        }
    public val loadIn: String
        get() = when (speech) {
            Language.ENGLISH -> "Load-in"
            Language.GERMAN -> "Aufbau"
        }
    public fun mail(name: String): String = when (speech) {
            Language.ENGLISH -> "Write to ${name}"
            Language.GERMAN -> "${name} schreiben"
        }
    public val map: String
        get() = when (speech) {
            Language.ENGLISH -> "Show on the map"
            Language.GERMAN -> "Auf der Karte zeigen"
        }
    public val name: String
        get() = when (speech) {
            Language.ENGLISH -> "Name"
            Language.GERMAN -> "Name"
        }
    public val nameMissing: String
        get() = when (speech) {
            Language.ENGLISH -> "Please enter a name"
            Language.GERMAN -> "Gib einen Namen ein"
        }
    public val newTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "New show"
            Language.GERMAN -> "Neuer Auftritt"
        }
    public val notes: String
        get() = when (speech) {
            Language.ENGLISH -> "Notes"
            Language.GERMAN -> "Notizen"
        }
    public val pay: String
        get() = when (speech) {
            Language.ENGLISH -> "Pay"
            Language.GERMAN -> "Gage"
        }
    public val payHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Only members see this"
            Language.GERMAN -> "Das sehen nur Mitglieder"
        }
    public val scheduled: String
        get() = when (speech) {
            Language.ENGLISH -> "Planned"
            Language.GERMAN -> "Geplant"
        }
    public val setTime: String
        get() = when (speech) {
            Language.ENGLISH -> "Set"
            Language.GERMAN -> "Set"
        }
    public val setlist: String
        get() = when (speech) {
            Language.ENGLISH -> "Setlist"
            Language.GERMAN -> "Setlist"
        }
    public val soundcheck: String
        get() = when (speech) {
            Language.ENGLISH -> "Soundcheck"
            Language.GERMAN -> "Soundcheck"
        }
    public val status: String
        get() = when (speech) {
            Language.ENGLISH -> "Status"
            Language.GERMAN -> "Status"
        }
    public val thing: String
        get() = when (speech) {
            Language.ENGLISH -> "this show"
            Language.GERMAN -> "diesen Auftritt"
        }
    public val venue: String
        get() = when (speech) {
            Language.ENGLISH -> "Venue"
            Language.GERMAN -> "Ort"
        }
}
