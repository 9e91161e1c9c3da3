// Made from texts/welcome.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** The first screen, signing in and up, and the way into a band. */
public class WelcomeTexts internal constructor(private val speech: Language) {
    /** The server has ended the session. */
    public fun again(email: String): String = when (speech) {
            Language.ENGLISH -> "Welcome back. Sign in as ${email} to send what you changed."
            Language.GERMAN -> "Willkommen zurück. Melde dich als ${email} an, um deine Änderungen zu senden."
        }
    public val bandName: String
        get() = when (speech) {
            Language.ENGLISH -> "Name of the band"
            Language.GERMAN -> "Name der Band"
        }
    public val claim: String
        get() = when (speech) {
            Language.ENGLISH -> "Songs, setlists and gigs of your band, the same on every phone. Also without a signal."
            Language.GERMAN -> "Songs, Setlists und Auftritte deiner Band, auf jedem Handy gleich. Auch ohne Netz."
        }
    public val code: String
        get() = when (speech) {
            Language.ENGLISH -> "Code"
            Language.GERMAN -> "Code"
        }
    public val codeAgain: String
        get() = when (speech) {
            Language.ENGLISH -> "Send a new code"
            Language.GERMAN -> "Neuen Code senden"
        }
    public fun codeSent(email: String): String = when (speech) {
            Language.ENGLISH -> "We sent a code to ${email}. It may take a minute; look into the spam folder, too."
            Language.GERMAN -> "Wir haben einen Code an ${email} geschickt. Das kann eine Minute dauern; sieh auch im Spam-Ordner nach."
        }
    public fun codeWait(seconds: Long): String = when (speech) {
            Language.ENGLISH -> if (seconds == 1L) "Send a new code in ${grouped(seconds, speech)} second" else "Send a new code in ${grouped(seconds, speech)} seconds"
            Language.GERMAN -> if (seconds == 1L) "Neuer Code in ${grouped(seconds, speech)} Sekunde möglich" else "Neuer Code in ${grouped(seconds, speech)} Sekunden möglich"
        }
    public val confirm: String
        get() = when (speech) {
            Language.ENGLISH -> "Check your e-mail"
            Language.GERMAN -> "Sieh in deine E-Mails"
        }
    public fun confirmHint(email: String): String = when (speech) {
            Language.ENGLISH -> "Open the link in our message to ${email}, then sign in here."
            Language.GERMAN -> "Öffne den Link in unserer Nachricht an ${email} und melde dich dann hier an."
        }
    public val email: String
        get() = when (speech) {
            Language.ENGLISH -> "E-mail"
            Language.GERMAN -> "E-Mail"
        }
    public val forgot: String
        get() = when (speech) {
            Language.ENGLISH -> "Forgot password?"
            Language.GERMAN -> "Passwort vergessen?"
        }
    public val join: String
        get() = when (speech) {
            Language.ENGLISH -> "Join with a code"
            Language.GERMAN -> "Mit einem Code beitreten"
        }
    public val joinCode: String
        get() = when (speech) {
            Language.ENGLISH -> "Invite code"
            Language.GERMAN -> "Einladungscode"
        }
    public val joinHint: String
        get() = when (speech) {
            Language.ENGLISH -> "You get the code from an admin of the band."
            Language.GERMAN -> "Den Code bekommst du von einem Admin der Band."
        }
    public val joinLinkWrong: String
        get() = when (speech) {
            Language.ENGLISH -> "This invite link does not work. Ask an admin for a new one."
            Language.GERMAN -> "Dieser Einladungslink geht nicht. Frag einen Admin nach einem neuen."
        }
    public val joinNow: String
        get() = when (speech) {
            Language.ENGLISH -> "Join"
            Language.GERMAN -> "Beitreten"
        }
    public val joined: String
        get() = when (speech) {
            Language.ENGLISH -> "You are in. The songs of the band arrive by themselves."
            Language.GERMAN -> "Du bist dabei. Die Songs der Band kommen von selbst."
        }
    public val justMine: String
        get() = when (speech) {
            Language.ENGLISH -> "Just my own songs"
            Language.GERMAN -> "Nur meine eigenen Songs"
        }
    public val justMineHint: String
        get() = when (speech) {
            Language.ENGLISH -> "You can join or create a band at any time."
            Language.GERMAN -> "Du kannst jederzeit einer Band beitreten oder eine gründen."
        }
    public val linkWaits: String
        get() = when (speech) {
            Language.ENGLISH -> "Sign in or create an account. Your link is opened then."
            Language.GERMAN -> "Melde dich an oder leg ein Konto an. Dann wird dein Link geöffnet."
        }
    public val makeBand: String
        get() = when (speech) {
            Language.ENGLISH -> "Create a band"
            Language.GERMAN -> "Band gründen"
        }
    public val makeBandHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Then invite the others with a code."
            Language.GERMAN -> "Lade dann die anderen mit einem Code ein."
        }
    public val name: String
        get() = when (speech) {
            Language.ENGLISH -> "Your name"
            Language.GERMAN -> "Dein Name"
        }
    public val nameHint: String
        get() = when (speech) {
            Language.ENGLISH -> "This is how your band sees you."
            Language.GERMAN -> "So sieht dich deine Band."
        }
    public val newPassword: String
        get() = when (speech) {
            Language.ENGLISH -> "New password"
            Language.GERMAN -> "Neues Passwort"
        }
    public val noNetwork: String
        get() = when (speech) {
            Language.ENGLISH -> "No network. To sign in for the first time you need one."
            Language.GERMAN -> "Kein Netz. Für die erste Anmeldung brauchst du eins."
        }
    public val ownServer: String
        get() = when (speech) {
            Language.ENGLISH -> "My band has its own server"
            Language.GERMAN -> "Meine Band hat einen eigenen Server"
        }
    public val password: String
        get() = when (speech) {
            Language.ENGLISH -> "Password"
            Language.GERMAN -> "Passwort"
        }
    public val passwordHide: String
        get() = when (speech) {
            Language.ENGLISH -> "Hide password"
            Language.GERMAN -> "Passwort verbergen"
        }
    public val passwordHint: String
        get() = when (speech) {
            Language.ENGLISH -> "At least 6 characters. Longer is better."
            Language.GERMAN -> "Mindestens 6 Zeichen. Länger ist besser."
        }
    public val passwordShow: String
        get() = when (speech) {
            Language.ENGLISH -> "Show password"
            Language.GERMAN -> "Passwort anzeigen"
        }
    public val reset: String
        get() = when (speech) {
            Language.ENGLISH -> "Set a new password"
            Language.GERMAN -> "Neues Passwort setzen"
        }
    public val resetHint: String
        get() = when (speech) {
            Language.ENGLISH -> "We send a code to your e-mail. With it you can choose a new password."
            Language.GERMAN -> "Wir schicken dir einen Code per E-Mail. Damit kannst du ein neues Passwort wählen."
        }
    public val sendCode: String
        get() = when (speech) {
            Language.ENGLISH -> "Send code"
            Language.GERMAN -> "Code senden"
        }
    public fun server(name: String): String = when (speech) {
            Language.ENGLISH -> "Server: ${name}"
            Language.GERMAN -> "Server: ${name}"
        }
    public val serverDefault: String
        get() = when (speech) {
            Language.ENGLISH -> "Use the usual server"
            Language.GERMAN -> "Den üblichen Server benutzen"
        }
    public val serverLink: String
        get() = when (speech) {
            Language.ENGLISH -> "Server link"
            Language.GERMAN -> "Link zum Server"
        }
    public val serverLinkHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Paste the link that your band gave you."
            Language.GERMAN -> "Füge den Link ein, den du von deiner Band hast."
        }
    public val serverLinkWrong: String
        get() = when (speech) {
            Language.ENGLISH -> "This is not a link to a server. Ask your band for a new one."
            Language.GERMAN -> "Das ist kein Link zu einem Server. Frag deine Band nach einem neuen."
        }
    public val serverScan: String
        get() = when (speech) {
            Language.ENGLISH -> "Scan code"
            Language.GERMAN -> "Code scannen"
        }
    public val serverSignsOut: String
        get() = when (speech) {
            Language.ENGLISH -> "Whoever is signed in on this phone is signed out."
            Language.GERMAN -> "Wer auf diesem Handy angemeldet ist, wird abgemeldet."
        }
    public val serverUse: String
        get() = when (speech) {
            Language.ENGLISH -> "Use this server?"
            Language.GERMAN -> "Diesen Server benutzen?"
        }
    public fun serverUseHint(name: String): String = when (speech) {
            Language.ENGLISH -> "Only go on if your band gave you this link: ${name}"
            Language.GERMAN -> "Mach nur weiter, wenn du diesen Link von deiner Band hast: ${name}"
        }
    public val signIn: String
        get() = when (speech) {
            Language.ENGLISH -> "Sign in"
            Language.GERMAN -> "Anmelden"
        }
    public val signUp: String
        get() = when (speech) {
            Language.ENGLISH -> "Create account"
            Language.GERMAN -> "Konto anlegen"
        }
    public val start: String
        get() = when (speech) {
            Language.ENGLISH -> "How do you want to start?"
            Language.GERMAN -> "Wie möchtest du anfangen?"
        }
    public val withApple: String
        get() = when (speech) {
            Language.ENGLISH -> "Continue with Apple"
            Language.GERMAN -> "Weiter mit Apple"
        }
    public val withCode: String
        get() = when (speech) {
            Language.ENGLISH -> "Sign in with a code by e-mail"
            Language.GERMAN -> "Mit einem Code per E-Mail anmelden"
        }
    public val withGoogle: String
        get() = when (speech) {
            Language.ENGLISH -> "Continue with Google"
            Language.GERMAN -> "Weiter mit Google"
        }
    public val withPassword: String
        get() = when (speech) {
            Language.ENGLISH -> "Sign in with a password"
            Language.GERMAN -> "Mit Passwort anmelden"
        }
}
