//! Why the server said no.

sentences! {
    invite_unknown():
        "Check the code for a typing mistake, or ask for a new one.",
        "Prüf den Code auf Tippfehler oder frag nach einem neuen.";
    invite_over(): "Ask an admin of the band for a new code.", "Frag einen Admin der Band nach einem neuen Code.";
    last_admin(): "Make somebody else an admin first.", "Mach zuerst jemand anderen zum Admin.";
    not_admin():
        "Only an admin of the band can do this. Ask one.", "Das kann nur ein Admin der Band. Frag einen.";
    not_member():
        "You are not a member of this band any more. Ask an admin.",
        "Du bist nicht mehr in dieser Band. Frag einen Admin.";
    bad_name(): "Please enter another name.", "Gib einen anderen Namen ein.";
    bad_role(): "Choose admin, member or viewer.", "Wähl Admin, Mitglied oder Gast.";
    bad_limits(): "Choose fewer uses or a shorter time.", "Wähl weniger Nutzungen oder eine kürzere Zeit.";
    not_understood():
        "This app and the server do not understand each other. Update the app.",
        "Diese App und der Server verstehen sich nicht. Aktualisiere die App.";
    not_signed_in(): "Sign in again.", "Melde dich neu an.";
    too_busy():
        "Too much is under way at once. It is tried again by itself.",
        "Gerade ist zu viel los. Es wird von selbst noch einmal versucht.";
    unreadable_value():
        "No phone can read this value. Correct it and try again.",
        "Diesen Wert kann kein Handy lesen. Korrigiere ihn und versuch es noch einmal.";
    too_many_bands():
        "You have made many bands today. Try again tomorrow.",
        "Du hast heute schon viele Bands gegründet. Versuch es morgen wieder.";
    was_removed():
        "Ask an admin of the band for a code made for you.",
        "Frag einen Admin der Band nach einem Code, der für dich gemacht ist.";
    too_many_invites():
        "Revoke codes that nobody needs, then try again.",
        "Zieh Codes zurück, die niemand braucht, und versuch es noch einmal.";
    already_member(): "This person is in the band already.", "Diese Person ist schon in der Band.";
    account_gone():
        "This account was deleted. Sign up again to go on.",
        "Dieses Konto wurde gelöscht. Leg ein neues an, um weiterzumachen.";
    hand_over():
        "Make somebody else an admin of each of your bands first.",
        "Mach zuerst in jeder deiner Bands jemand anderen zum Admin.";
    call_refused():
        "The server takes no such content. Change it and try again.",
        "So einen Inhalt nimmt der Server nicht an. Ändere ihn und versuch es noch einmal.";
    too_large(): "It is too large to send. Make it shorter.", "Das ist zu groß zum Senden. Mach es kürzer.";
    not_allowed():
        "You are not allowed to do this. Ask an admin.", "Das darfst du nicht. Frag einen Admin.";
    viewer():
        "You are a viewer in this band. Ask an admin.", "Du bist in dieser Band Gast. Frag einen Admin.";
    may_not_delete():
        "Only an admin, or who added it, can delete it.",
        "Löschen kann es nur ein Admin oder wer es hinzugefügt hat.";
    too_late():
        "It was deleted too long ago to come back.", "Es wurde vor zu langer Zeit gelöscht, um zurückzukommen.";
    moved_away():
        "It was moved to another band or space. Your text is kept here.",
        "Es wurde in eine andere Band verschoben. Dein Text bleibt hier erhalten.";
    too_long():
        "It is too long. Make it shorter and try again.", "Das ist zu lang. Kürze es und versuch es noch einmal.";
    space_full():
        "The band's space is full. Delete what nobody needs, or ask whoever runs the server.",
        "Der Platz der Band ist voll. Lösch, was niemand braucht, oder frag, wer den Server betreibt.";
    missing():
        "Something is missing. Fill it in and try again.",
        "Etwas fehlt. Trag es ein und versuch es noch einmal.";
    broken_link():
        "It refers to something that is not here: deleted, or in another band.",
        "Es verweist auf etwas, das nicht hier ist: gelöscht oder in einer anderen Band.";
    exists(): "It exists already.", "Das gibt es schon.";
    outside_range():
        "A value is outside what is allowed. Correct it and try again.",
        "Ein Wert liegt außerhalb des Erlaubten. Korrigiere ihn und versuch es noch einmal.";
    row_too_long():
        "What is there is too long for a phone. Change it in the web app.",
        "Was dort steht, ist zu lang für ein Handy. Ändere es in der Web-App.";
    row_unreadable():
        "What is there cannot be read by a phone. Change it in the web app.",
        "Was dort steht, kann ein Handy nicht lesen. Ändere es in der Web-App.";
    crossed(): "Somebody else changed it meanwhile.", "Jemand anderes hat es inzwischen geändert.";
    wrong_form():
        "A value has the wrong form. Correct it and try again.",
        "Ein Wert hat die falsche Form. Korrigiere ihn und versuch es noch einmal.";
    unknown():
        "The server did not accept it. Update the app, or ask an admin.",
        "Der Server hat das nicht angenommen. Aktualisiere die App oder frag einen Admin.";
}
