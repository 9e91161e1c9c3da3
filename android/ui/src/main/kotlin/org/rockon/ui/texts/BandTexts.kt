// Made from texts/band.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** The band, its members and codes. */
public class BandTexts internal constructor(private val speech: Language) {
    public val another: String
        get() = when (speech) {
            Language.ENGLISH -> "Another band"
            Language.GERMAN -> "Noch eine Band"
        }
    public val delete: String
        get() = when (speech) {
            Language.ENGLISH -> "Delete band"
            Language.GERMAN -> "Band löschen"
        }
    public fun deleteAsk(band: String): String = when (speech) {
            Language.ENGLISH -> "Delete ${band} for everybody?"
            Language.GERMAN -> "${band} für alle löschen?"
        }
    public val deleteHint: String
        get() = when (speech) {
            Language.ENGLISH -> "All songs, setlists, shows and practices of the band are deleted. Type the name of the band to go on."
            Language.GERMAN -> "Alle Songs, Setlists, Auftritte und Proben der Band werden gelöscht. Gib den Namen der Band ein, um weiterzumachen."
        }
    public fun deletedBand(band: String): String = when (speech) {
            Language.ENGLISH -> "Deleted ${band}"
            Language.GERMAN -> "${band} gelöscht"
        }
    public fun deletedBy(name: String, time: String): String = when (speech) {
            Language.ENGLISH -> "Deleted by ${name}, ${time}"
            Language.GERMAN -> "Gelöscht von ${name}, ${time}"
        }
    public val deletedEmpty: String
        get() = when (speech) {
            Language.ENGLISH -> "Nothing was deleted lately"
            Language.GERMAN -> "In letzter Zeit wurde nichts gelöscht"
        }
    public val deletedHint: String
        get() = when (speech) {
            Language.ENGLISH -> "What was deleted can be brought back for 90 days."
            Language.GERMAN -> "Gelöschtes lässt sich 90 Tage lang zurückholen."
        }
    public val deletedTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "Recently deleted"
            Language.GERMAN -> "Zuletzt gelöscht"
        }
    public val former: String
        get() = when (speech) {
            Language.ENGLISH -> "Not in the band any more"
            Language.GERMAN -> "Nicht mehr in der Band"
        }
    public val formerHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Only an invite of their own brings them back."
            Language.GERMAN -> "Zurück kommen sie nur mit einer eigenen Einladung."
        }
    public val formerShow: String
        get() = when (speech) {
            Language.ENGLISH -> "Show former members"
            Language.GERMAN -> "Frühere Mitglieder zeigen"
        }
    public fun gone(band: String): String = when (speech) {
            Language.ENGLISH -> "You are not in ${band} any more"
            Language.GERMAN -> "Du bist nicht mehr in ${band}"
        }
    public val goneHint: String
        get() = when (speech) {
            Language.ENGLISH -> "The band and its songs have left this phone. Ask an admin if that was a mistake."
            Language.GERMAN -> "Die Band und ihre Songs sind von diesem Handy verschwunden. Frag einen Admin, falls das ein Versehen war."
        }
    public val invite: String
        get() = when (speech) {
            Language.ENGLISH -> "Invite"
            Language.GERMAN -> "Einladen"
        }
    public val inviteAgain: String
        get() = when (speech) {
            Language.ENGLISH -> "Invite again"
            Language.GERMAN -> "Wieder einladen"
        }
    public val inviteCopy: String
        get() = when (speech) {
            Language.ENGLISH -> "Copy code"
            Language.GERMAN -> "Code kopieren"
        }
    /** How long an invite is valid. */
    public fun inviteDays(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} day" else "${grouped(count, speech)} days"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} Tag" else "${grouped(count, speech)} Tage"
        }
    public val inviteExpired: String
        get() = when (speech) {
            Language.ENGLISH -> "Expired"
            Language.GERMAN -> "Abgelaufen"
        }
    public fun inviteExpires(date: String): String = when (speech) {
            Language.ENGLISH -> "Valid until ${date}"
            Language.GERMAN -> "Gültig bis ${date}"
        }
    public fun inviteFor(name: String): String = when (speech) {
            Language.ENGLISH -> "For ${name} only"
            Language.GERMAN -> "Nur für ${name}"
        }
    public val inviteForDays: String
        get() = when (speech) {
            Language.ENGLISH -> "How long it is valid"
            Language.GERMAN -> "Wie lange sie gilt"
        }
    public val inviteForPeople: String
        get() = when (speech) {
            Language.ENGLISH -> "How many may join"
            Language.GERMAN -> "Wie viele beitreten dürfen"
        }
    public val inviteHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Who has this code can join. Give it only to your band."
            Language.GERMAN -> "Wer diesen Code hat, kann beitreten. Gib ihn nur deiner Band."
        }
    public val inviteMake: String
        get() = when (speech) {
            Language.ENGLISH -> "Create invite"
            Language.GERMAN -> "Einladung erstellen"
        }
    public val inviteNew: String
        get() = when (speech) {
            Language.ENGLISH -> "New invite"
            Language.GERMAN -> "Neue Einladung"
        }
    /** How many may join with an invite. */
    public fun invitePeople(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} person" else "${grouped(count, speech)} people"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} Person" else "${grouped(count, speech)} Personen"
        }
    /** For screen readers. */
    public fun inviteQr(code: String): String = when (speech) {
            Language.ENGLISH -> "QR code of the invite ${code}"
            Language.GERMAN -> "QR-Code der Einladung ${code}"
        }
    public val inviteShare: String
        get() = when (speech) {
            Language.ENGLISH -> "Send invite"
            Language.GERMAN -> "Einladung senden"
        }
    public fun inviteText(band: String, link: String, code: String): String = when (speech) {
            Language.ENGLISH -> "Join ${band} on Rock-On: ${link} (code ${code})"
            Language.GERMAN -> "Komm zu ${band} auf Rock-On: ${link} (Code ${code})"
        }
    public fun inviteTitle(band: String): String = when (speech) {
            Language.ENGLISH -> "Invite to ${band}"
            Language.GERMAN -> "Einladung zu ${band}"
        }
    public fun inviteUses(uses: Long, total: String): String = when (speech) {
            Language.ENGLISH -> if (uses == 1L) "Used once of ${total}" else "Used ${grouped(uses, speech)} times of ${total}"
            Language.GERMAN -> if (uses == 1L) "1-mal von ${total} benutzt" else "${grouped(uses, speech)}-mal von ${total} benutzt"
        }
    public val invites: String
        get() = when (speech) {
            Language.ENGLISH -> "Open invites"
            Language.GERMAN -> "Offene Einladungen"
        }
    public val invitesEmpty: String
        get() = when (speech) {
            Language.ENGLISH -> "No open invites"
            Language.GERMAN -> "Keine offenen Einladungen"
        }
    public fun joined(date: String): String = when (speech) {
            Language.ENGLISH -> "Joined ${date}"
            Language.GERMAN -> "Dabei seit ${date}"
        }
    public val leave: String
        get() = when (speech) {
            Language.ENGLISH -> "Leave band"
            Language.GERMAN -> "Band verlassen"
        }
    public fun leaveAsk(band: String): String = when (speech) {
            Language.ENGLISH -> "Leave ${band}?"
            Language.GERMAN -> "${band} verlassen?"
        }
    public val leaveHint: String
        get() = when (speech) {
            Language.ENGLISH -> "The band disappears from this phone. To come back you need a code."
            Language.GERMAN -> "Die Band verschwindet von diesem Handy. Um zurückzukommen, brauchst du einen Code."
        }
    public val leaveUnsent: String
        get() = when (speech) {
            Language.ENGLISH -> "What you changed in this band and is not sent yet is lost if you leave now."
            Language.GERMAN -> "Was du in dieser Band geändert hast und noch nicht gesendet ist, geht verloren, wenn du jetzt gehst."
        }
    public fun members(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} member" else "${grouped(count, speech)} members"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} Mitglied" else "${grouped(count, speech)} Mitglieder"
        }
    public val mineHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Only you see your own songs."
            Language.GERMAN -> "Deine eigenen Songs siehst nur du."
        }
    public val none: String
        get() = when (speech) {
            Language.ENGLISH -> "You are in no band yet"
            Language.GERMAN -> "Du bist noch in keiner Band"
        }
    public val notices: String
        get() = when (speech) {
            Language.ENGLISH -> "Notices of this band"
            Language.GERMAN -> "Meldungen dieser Band"
        }
    public val noticesMembers: String
        get() = when (speech) {
            Language.ENGLISH -> "Members"
            Language.GERMAN -> "Mitglieder"
        }
    public val noticesPractices: String
        get() = when (speech) {
            Language.ENGLISH -> "Practices"
            Language.GERMAN -> "Proben"
        }
    public val noticesSetlists: String
        get() = when (speech) {
            Language.ENGLISH -> "Setlists"
            Language.GERMAN -> "Setlists"
        }
    public val noticesShows: String
        get() = when (speech) {
            Language.ENGLISH -> "Shows"
            Language.GERMAN -> "Auftritte"
        }
    public val noticesSongs: String
        get() = when (speech) {
            Language.ENGLISH -> "Songs"
            Language.GERMAN -> "Songs"
        }
    public val remove: String
        get() = when (speech) {
            Language.ENGLISH -> "Remove from the band"
            Language.GERMAN -> "Aus der Band entfernen"
        }
    public fun removeAsk(name: String, band: String): String = when (speech) {
            Language.ENGLISH -> "Remove ${name} from ${band}?"
            Language.GERMAN -> "${name} aus ${band} entfernen?"
        }
    public fun removeHint(name: String): String = when (speech) {
            Language.ENGLISH -> "What ${name} wrote stays. The band disappears from ${name}’s phone."
            Language.GERMAN -> "Was ${name} geschrieben hat, bleibt. Vom Handy von ${name} verschwindet die Band."
        }
    public fun removed(name: String): String = when (speech) {
            Language.ENGLISH -> "Removed ${name}"
            Language.GERMAN -> "${name} entfernt"
        }
    public val rename: String
        get() = when (speech) {
            Language.ENGLISH -> "Rename band"
            Language.GERMAN -> "Band umbenennen"
        }
    public fun restored(title: String): String = when (speech) {
            Language.ENGLISH -> "“${title}” is back"
            Language.GERMAN -> "„${title}“ ist wieder da"
        }
    public val revoke: String
        get() = when (speech) {
            Language.ENGLISH -> "Revoke"
            Language.GERMAN -> "Zurückziehen"
        }
    public fun revokeAsk(code: String): String = when (speech) {
            Language.ENGLISH -> "Revoke the code ${code}?"
            Language.GERMAN -> "Code ${code} zurückziehen?"
        }
    public val revokeHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Nobody can join with it any more."
            Language.GERMAN -> "Niemand kann mehr damit beitreten."
        }
    public val revoked: String
        get() = when (speech) {
            Language.ENGLISH -> "Code revoked"
            Language.GERMAN -> "Code zurückgezogen"
        }
    public val role: String
        get() = when (speech) {
            Language.ENGLISH -> "Role"
            Language.GERMAN -> "Rolle"
        }
    public val roleAdmin: String
        get() = when (speech) {
            Language.ENGLISH -> "Admin"
            Language.GERMAN -> "Admin"
        }
    public val roleAdminHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Can do everything, also invite and remove"
            Language.GERMAN -> "Darf alles, auch einladen und entfernen"
        }
    public val roleMember: String
        get() = when (speech) {
            Language.ENGLISH -> "Member"
            Language.GERMAN -> "Mitglied"
        }
    public val roleMemberHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Can add and change everything"
            Language.GERMAN -> "Darf alles hinzufügen und ändern"
        }
    public val roleOther: String
        get() = when (speech) {
            Language.ENGLISH -> "Another role"
            Language.GERMAN -> "Andere Rolle"
        }
    public val roleViewer: String
        get() = when (speech) {
            Language.ENGLISH -> "Viewer"
            Language.GERMAN -> "Gast"
        }
    public val roleViewerHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Can only read"
            Language.GERMAN -> "Darf nur lesen"
        }
    public val shareSeen: String
        get() = when (speech) {
            Language.ENGLISH -> "Show others what I have looked at"
            Language.GERMAN -> "Anderen zeigen, was ich angesehen habe"
        }
    public val shareSeenHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Then you see it of them, too."
            Language.GERMAN -> "Dann siehst du es auch bei ihnen."
        }
    public val switch: String
        get() = when (speech) {
            Language.ENGLISH -> "Switch band"
            Language.GERMAN -> "Band wechseln"
        }
    public val thisBand: String
        get() = when (speech) {
            Language.ENGLISH -> "This band"
            Language.GERMAN -> "Diese Band"
        }
    public fun you(name: String): String = when (speech) {
            Language.ENGLISH -> "${name} (you)"
            Language.GERMAN -> "${name} (du)"
        }
}
