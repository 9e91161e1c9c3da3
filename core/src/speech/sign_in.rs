//! Why the auth service said no.

sentences! {
    // What happened, where the advice does not say it: no capital letter, no full stop.
    not_let_in(): "signing in did not work", "die Anmeldung hat nicht geklappt";
    easy_to_guess(): "this password is too easy to guess", "dieses Passwort ist zu leicht zu erraten";
    the_same(): "this is the password you have now", "das ist dein jetziges Passwort";
    not_usable(): "something you typed cannot be used", "etwas in deiner Eingabe ist nicht brauchbar";
    not_sure_who(): "the server wants to be sure that it is you", "der Server will sicher sein, dass du es bist";
    not_confirmed(): "this account is not confirmed yet", "dieses Konto ist noch nicht bestätigt";
    signed_out(): "you were signed out", "du wurdest abgemeldet";

    wrong_password():
        "Check the e-mail address and the password.", "Prüf die E-Mail-Adresse und das Passwort.";
    weak_password():
        "Choose a longer password, or one that is harder to guess.",
        "Wähl ein längeres Passwort oder eins, das schwerer zu erraten ist.";
    same_password():
        "Choose a password that is not the one you have.", "Wähl ein anderes Passwort als dein jetziges.";
    check_input():
        "Check what you typed: the e-mail address, and that the password is not too long.",
        "Prüf deine Eingabe: die E-Mail-Adresse, und dass das Passwort nicht zu lang ist.";
    code_over():
        "The code or link is wrong, too old, or was used before. Ask for a new one.",
        "Der Code oder Link ist falsch, zu alt oder schon benutzt. Fordere einen neuen an.";
    show_who():
        "Show that it is you: ask for a code by e-mail, then save again with it.",
        "Zeig, dass du es bist: Fordere einen Code per E-Mail an und speichere dann damit.";
    other_account():
        "The sign-in with the other account did not work. Try it again, or sign in with your e-mail address.",
        "Die Anmeldung mit dem anderen Konto hat nicht geklappt. Versuch es noch einmal oder melde dich mit deiner E-Mail-Adresse an.";
    no_robot():
        "The server wants proof that you are no robot, which this app cannot give. Sign in on the web, or ask whoever runs the server.",
        "Der Server will einen Beweis, dass du kein Roboter bist; den kann diese App nicht geben. Melde dich im Web an oder frag, wer den Server betreibt.";
    open_the_link():
        "Open the link in the message that was sent to you, then sign in.",
        "Öffne den Link in der Nachricht an dich und melde dich dann an.";
    account_exists():
        "There is an account with this address already. Sign in instead.",
        "Zu dieser Adresse gibt es schon ein Konto. Melde dich damit an.";
    address_taken():
        "Another account has this address. Sign in with it instead, or choose another address.",
        "Ein anderes Konto hat diese Adresse. Melde dich damit an oder wähl eine andere Adresse.";
    blocked():
        "This account is blocked. Ask whoever runs the server.",
        "Dieses Konto ist gesperrt. Frag, wer den Server betreibt.";
    no_account():
        "There is no such account. Sign up first.", "So ein Konto gibt es nicht. Leg zuerst eins an.";
    no_address():
        "There is no account with this address. Check the address, or sign up first.",
        "Zu dieser Adresse gibt es kein Konto. Prüf die Adresse oder leg zuerst ein Konto an.";
    no_sign_up():
        "Nobody can sign up here by themselves. Ask whoever runs the server for an account.",
        "Hier kann sich niemand selbst ein Konto anlegen. Frag, wer den Server betreibt, nach einem.";
    not_this_way():
        "The server does not let anybody sign in this way. Ask whoever runs it.",
        "Auf diesem Weg lässt der Server niemanden hinein. Frag, wer ihn betreibt.";
    may_not_write():
        "The server may not send messages to this address. Ask whoever runs it.",
        "An diese Adresse darf der Server nichts schicken. Frag, wer ihn betreibt.";
    managed_elsewhere():
        "This account is managed elsewhere. Sign in there.",
        "Dieses Konto wird woanders verwaltet. Melde dich dort an.";
    second_factor():
        "This account wants a second factor, which this app cannot give. Ask whoever runs the server.",
        "Dieses Konto will einen zweiten Faktor; den kann diese App nicht geben. Frag, wer den Server betreibt.";
    again():
        "Sign in again; nothing on this phone is lost.",
        "Melde dich neu an; auf diesem Handy ist nichts verloren.";
    other_server():
        "This app names another server than the one you signed in to. Sign in to this one; nothing on this phone is lost.",
        "Diese App nennt einen anderen Server als den, bei dem du dich angemeldet hast. Melde dich bei diesem an; auf diesem Handy ist nichts verloren.";
    too_many_tries(): "There were too many tries.", "Das waren zu viele Versuche.";
    too_many_tries_wait():
        "There were too many tries. Wait a few minutes, then try again.",
        "Das waren zu viele Versuche. Warte ein paar Minuten und versuch es dann noch einmal.";
    message_sent():
        "A message was sent a moment ago, or too many were.",
        "Gerade wurde eine Nachricht verschickt, oder es waren zu viele.";
    message_sent_wait():
        "A message was sent a moment ago, or too many were. Look for it, and wait before you ask for another.",
        "Gerade wurde eine Nachricht verschickt, oder es waren zu viele. Such danach und warte, bevor du eine neue anforderst.";
    busy(): "The server was too busy.", "Der Server hatte zu viel zu tun.";
    busy_again():
        "The server was too busy. Try again.", "Der Server hatte zu viel zu tun. Versuch es noch einmal.";
    in_seconds(count):
        ["Try again in {count} second.", "Try again in {count} seconds."],
        ["Versuch es in {count} Sekunde noch einmal.", "Versuch es in {count} Sekunden noch einmal."];
    in_minutes(count):
        ["Try again in {count} minute.", "Try again in {count} minutes."],
        ["Versuch es in {count} Minute noch einmal.", "Versuch es in {count} Minuten noch einmal."];
    in_a_moment():
        "Try again in a moment. If it lasts, ask the doctor; nothing on this phone is lost.",
        "Versuch es gleich noch einmal. Wenn es dabei bleibt, starte die Diagnose; auf diesem Handy ist nichts verloren.";
    unknown():
        "The server did not let you in. Update the app, or ask whoever runs the server.",
        "Der Server hat dich nicht hineingelassen. Aktualisiere die App oder frag, wer den Server betreibt.";
}
