// Made from texts/settings.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** Settings and the account. */
public class SettingsTexts internal constructor(private val speech: Language) {
    public val about: String
        get() = when (speech) {
            Language.ENGLISH -> "About"
            Language.GERMAN -> "Über die App"
        }
    public val account: String
        get() = when (speech) {
            Language.ENGLISH -> "Account"
            Language.GERMAN -> "Konto"
        }
    public val code: String
        get() = when (speech) {
            Language.ENGLISH -> "Code from the e-mail"
            Language.GERMAN -> "Code aus der E-Mail"
        }
    public val deleteAccount: String
        get() = when (speech) {
            Language.ENGLISH -> "Delete account"
            Language.GERMAN -> "Konto löschen"
        }
    public val deleteAsk: String
        get() = when (speech) {
            Language.ENGLISH -> "Delete your account?"
            Language.GERMAN -> "Dein Konto löschen?"
        }
    public val deleteHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Your own songs are deleted. What you wrote in your bands stays there, by “Former member”. There is no way back."
            Language.GERMAN -> "Deine eigenen Songs werden gelöscht. Was du in deinen Bands geschrieben hast, bleibt dort, von „Früheres Mitglied“. Das lässt sich nicht rückgängig machen."
        }
    public fun deleteType(word: String): String = when (speech) {
            Language.ENGLISH -> "Type ${word} to go on"
            Language.GERMAN -> "Gib ${word} ein, um weiterzumachen"
        }
    /** The word that must be typed. */
    public val deleteWord: String
        get() = when (speech) {
            Language.ENGLISH -> "DELETE"
            Language.GERMAN -> "LÖSCHEN"
        }
    public val email: String
        get() = when (speech) {
            Language.ENGLISH -> "E-mail"
            Language.GERMAN -> "E-Mail"
        }
    public val emailChange: String
        get() = when (speech) {
            Language.ENGLISH -> "Change e-mail"
            Language.GERMAN -> "E-Mail ändern"
        }
    public fun emailConfirm(email: String): String = when (speech) {
            Language.ENGLISH -> "We sent a message to ${email}. Open the link in it to finish the change."
            Language.GERMAN -> "Wir haben eine Nachricht an ${email} geschickt. Öffne den Link darin, um die Änderung abzuschließen."
        }
    public val export: String
        get() = when (speech) {
            Language.ENGLISH -> "Export songs"
            Language.GERMAN -> "Songs exportieren"
        }
    public val exportChordpro: String
        get() = when (speech) {
            Language.ENGLISH -> "As ChordPro"
            Language.GERMAN -> "Als ChordPro"
        }
    public val exportCsv: String
        get() = when (speech) {
            Language.ENGLISH -> "As a table (CSV)"
            Language.GERMAN -> "Als Tabelle (CSV)"
        }
    public val exportFailed: String
        get() = when (speech) {
            Language.ENGLISH -> "The file could not be written"
            Language.GERMAN -> "Die Datei ließ sich nicht schreiben"
        }
    public fun exportOf(band: String): String = when (speech) {
            Language.ENGLISH -> "All songs of ${band}"
            Language.GERMAN -> "Alle Songs von ${band}"
        }
    public fun exportPartial(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 value was too long and is not whole in the file" else "${grouped(count, speech)} values were too long and are not whole in the file"
            Language.GERMAN -> if (count == 1L) "1 Wert war zu lang und steht nicht ganz in der Datei" else "${grouped(count, speech)} Werte waren zu lang und stehen nicht ganz in der Datei"
        }
    public val gigText: String
        get() = when (speech) {
            Language.ENGLISH -> "Text size in gig mode"
            Language.GERMAN -> "Schriftgröße auf der Bühne"
        }
    public fun gigTextHint(percent: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(percent, speech)} %"
            Language.GERMAN -> "${grouped(percent, speech)} %"
        }
    public val gigTextPreview: String
        get() = when (speech) {
            Language.ENGLISH -> "Preview"
            Language.GERMAN -> "Vorschau"
        }
    public val language: String
        get() = when (speech) {
            Language.ENGLISH -> "Language"
            Language.GERMAN -> "Sprache"
        }
    /** Each language by its own name. */
    public val languageEnglish: String
        get() = when (speech) {
            Language.ENGLISH -> "English"
            Language.GERMAN -> "English"
        }
    /** Each language by its own name. */
    public val languageGerman: String
        get() = when (speech) {
            Language.ENGLISH -> "Deutsch"
            Language.GERMAN -> "Deutsch"
        }
    public val languageSystem: String
        get() = when (speech) {
            Language.ENGLISH -> "Like the system"
            Language.GERMAN -> "Wie das System"
        }
    public val licences: String
        get() = when (speech) {
            Language.ENGLISH -> "Licences"
            Language.GERMAN -> "Lizenzen"
        }
    public val name: String
        get() = when (speech) {
            Language.ENGLISH -> "Name"
            Language.GERMAN -> "Name"
        }
    public val nameHint: String
        get() = when (speech) {
            Language.ENGLISH -> "This is how your bands see you."
            Language.GERMAN -> "So sehen dich deine Bands."
        }
    public val nameNone: String
        get() = when (speech) {
            Language.ENGLISH -> "No name yet"
            Language.GERMAN -> "Noch kein Name"
        }
    public val password: String
        get() = when (speech) {
            Language.ENGLISH -> "Password"
            Language.GERMAN -> "Passwort"
        }
    public val passwordChange: String
        get() = when (speech) {
            Language.ENGLISH -> "Change password"
            Language.GERMAN -> "Passwort ändern"
        }
    public val passwordCurrent: String
        get() = when (speech) {
            Language.ENGLISH -> "Current password"
            Language.GERMAN -> "Jetziges Passwort"
        }
    public val passwordNew: String
        get() = when (speech) {
            Language.ENGLISH -> "New password"
            Language.GERMAN -> "Neues Passwort"
        }
    public val passwordOthers: String
        get() = when (speech) {
            Language.ENGLISH -> "Your other devices are signed out."
            Language.GERMAN -> "Deine anderen Geräte werden abgemeldet."
        }
    public val saved: String
        get() = when (speech) {
            Language.ENGLISH -> "Saved"
            Language.GERMAN -> "Gespeichert"
        }
    public val signOut: String
        get() = when (speech) {
            Language.ENGLISH -> "Sign out"
            Language.GERMAN -> "Abmelden"
        }
    public val signOutAsk: String
        get() = when (speech) {
            Language.ENGLISH -> "Sign out?"
            Language.GERMAN -> "Abmelden?"
        }
    public val signOutEverywhere: String
        get() = when (speech) {
            Language.ENGLISH -> "Sign out on all devices"
            Language.GERMAN -> "Auf allen Geräten abmelden"
        }
    public val signOutKept: String
        get() = when (speech) {
            Language.ENGLISH -> "Everything stays on this phone for your next sign-in."
            Language.GERMAN -> "Alles bleibt auf diesem Handy, bis du dich wieder anmeldest."
        }
    public fun signOutUnsent(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 change is not sent. It waits on this phone until you sign in here again." else "${grouped(count, speech)} changes are not sent. They wait on this phone until you sign in here again."
            Language.GERMAN -> if (count == 1L) "1 Änderung ist nicht gesendet. Sie wartet auf diesem Handy, bis du dich hier wieder anmeldest." else "${grouped(count, speech)} Änderungen sind nicht gesendet. Sie warten auf diesem Handy, bis du dich hier wieder anmeldest."
        }
    public val theme: String
        get() = when (speech) {
            Language.ENGLISH -> "Theme"
            Language.GERMAN -> "Aussehen"
        }
    public val themeDark: String
        get() = when (speech) {
            Language.ENGLISH -> "Dark"
            Language.GERMAN -> "Dunkel"
        }
    public val themeLight: String
        get() = when (speech) {
            Language.ENGLISH -> "Light"
            Language.GERMAN -> "Hell"
        }
    /** White on black, for gigs. */
    public val themeStage: String
        get() = when (speech) {
            Language.ENGLISH -> "Stage"
            Language.GERMAN -> "Bühne"
        }
    public val themeSystem: String
        get() = when (speech) {
            Language.ENGLISH -> "Like the system"
            Language.GERMAN -> "Wie das System"
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Settings"
            Language.GERMAN -> "Einstellungen"
        }
    public fun version(version: String): String = when (speech) {
            Language.ENGLISH -> "Version ${version}"
            Language.GERMAN -> "Version ${version}"
        }
}
