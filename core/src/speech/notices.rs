//! Notices, and what a person tried. A thing that somebody did something to is named in the accusative, after "von" in the
//! dative: [`super::kinds`] has both.

sentences! {
    and(first, last): "{first} and {last}", "{first} und {last}";
    quoted(text): "\"{text}\"", "„{text}“";
    by(author, what): "{author} {what}", "{author} {what}";
    at_least(rows): "at least {rows}", "mindestens {rows}";

    // Those without a name here.
    somebody(): "Somebody", "Jemand";
    somebody_else(): "Somebody else", "Jemand anderes";
    system(): "System", "System";
    former_member(): "Former member", "Früheres Mitglied";
    you(): "you", "dich";

    // What somebody did to a thing, or to several.
    added(what): "added {what}", "hat {what} hinzugefügt";
    changed(what): "changed {what}", "hat {what} geändert";
    deleted(what): "deleted {what}", "hat {what} gelöscht";
    restored(what): "restored {what}", "hat {what} wiederhergestellt";
    moved_away(what): "moved {what} away", "hat {what} verschoben";
    made_changes(rows): "made changes to {rows}", "hat {rows} bearbeitet";
    several(author, what, titles): "{author} {what}: {titles}", "{author} {what}: {titles}";
    several_more(more, author, what, titles):
        ["{author} {what}: {titles} and {more} more", "{author} {what}: {titles} and {more} more"],
        ["{author} {what}: {titles} und {more} weiteres", "{author} {what}: {titles} und {more} weitere"];
    changed_parts(title, parts): "changed {title}: {parts}", "hat {title} geändert: {parts}";

    // One field; its name with an article in German.
    changed_from_to(name, title, from, to):
        "changed the {name} of {title}: {from} → {to}",
        "hat {name} von {title} geändert: {from} → {to}";
    set_to(name, title, to): "set the {name} of {title}: {to}", "hat {name} von {title} eingetragen: {to}";
    cleared(name, title): "cleared the {name} of {title}", "hat {name} von {title} geleert";
    changed_field(name, title): "changed the {name} of {title}", "hat {name} von {title} geändert";

    away(lines): "While you were away: {lines}", "Während du weg warst: {lines}";

    // Members.
    joined(member, band): "{member} joined {band}", "{member} ist {band} beigetreten";
    joined_the_band(member): "{member} joined the band", "{member} ist der Band beigetreten";
    left(member, band): "{member} left {band}", "{member} hat {band} verlassen";
    left_the_band(member): "{member} left the band", "{member} hat die Band verlassen";
    removed(author, member, band):
        "{author} removed {member} from {band}", "{author} hat {member} aus {band} entfernt";
    removed_from_the_band(author, member):
        "{author} removed {member} from the band", "{author} hat {member} aus der Band entfernt";
    made_admin(author, member): "{author} made {member} an admin", "{author} hat {member} zum Admin gemacht";
    made_member(author, member): "{author} made {member} a member", "{author} hat {member} zum Mitglied gemacht";
    made_viewer(author, member): "{author} made {member} a viewer", "{author} hat {member} zum Gast gemacht";
    another_role(author, member):
        "{author} gave {member} another role", "{author} hat {member} eine andere Rolle gegeben";

    // What became of my own.
    account_gone():
        "Your account was deleted. Its songs and bands have left this phone.",
        "Dein Konto wurde gelöscht. Seine Songs und Bands sind von diesem Handy verschwunden.";
    account_gone_kept(count):
        [
            "Your account was deleted. Its songs and bands have left this phone. {count} change was not sent: copy what you need before you sign out.",
            "Your account was deleted. Its songs and bands have left this phone. {count} changes were not sent: copy what you need before you sign out."
        ],
        [
            "Dein Konto wurde gelöscht. Seine Songs und Bands sind von diesem Handy verschwunden. {count} Änderung wurde nicht gesendet: Kopiere, was du brauchst, bevor du dich abmeldest.",
            "Dein Konto wurde gelöscht. Seine Songs und Bands sind von diesem Handy verschwunden. {count} Änderungen wurden nicht gesendet: Kopiere, was du brauchst, bevor du dich abmeldest."
        ];
    sent(count):
        ["Sent {count} change made offline", "Sent {count} changes made offline"],
        ["{count} Änderung gesendet, die du offline gemacht hast", "{count} Änderungen gesendet, die du offline gemacht hast"];
    conflict(other, names, title):
        "You and {other} both changed the {names} of {title}. Both are kept: choose one.",
        "Du und {other} habt beide {names} von {title} geändert. Beides bleibt erhalten: Wähl eins aus.";
    deleted_crossed(title, other, what, kind):
        "You deleted {title}, but {other} had {what}. The {kind} is back: delete it anyway, or keep it.",
        "Du hast {title} gelöscht, aber {other} hatte {what}. {kind} ist wieder da: trotzdem löschen oder behalten?";
    moved_crossed(title, other, what, kind):
        "You moved {title} away, but {other} had {what}. The {kind} stays: move it anyway, or keep it here.",
        "Du hast {title} verschoben, aber {other} hatte {what}. {kind} bleibt hier: trotzdem verschieben oder hier behalten?";
    had_changed(names): "changed its {names}", "{names} geändert";
    had_changed_it(): "changed it", "etwas daran geändert";
    had_put_into_a_setlist(): "put it into a setlist", "es in eine Setlist aufgenommen";
    had_put_into_a_show(): "put it into a show", "es bei einem Auftritt eingetragen";
    had_put_into_a_practice(): "put it into a practice", "es bei einer Probe eingetragen";
    brought_back(title):
        "Your change brought back {title}, which had been deleted.",
        "Deine Änderung hat {title} zurückgeholt; das war gelöscht worden.";
    brought_back_from(other, title):
        "{other} had deleted {title}; your change brought it back.",
        "{other} hatte {title} gelöscht; deine Änderung hat das zurückgeholt.";
    from_a_newer_version():
        "A newer version of the app made this notice.", "Diese Meldung stammt von einer neueren Version der App.";

    // What I tried.
    my_new(title): "Your new {title}", "Du wolltest {title} hinzufügen";
    my_delete(title): "Your delete of {title}", "Du wolltest {title} löschen";
    my_restore(title): "Your restore of {title}", "Du wolltest {title} wiederherstellen";
    my_move(title): "Your move of {title}", "Du wolltest {title} verschieben";
    my_change(title): "Your change of {title}", "Du wolltest {title} ändern";
    my_change_of(names, title): "Your change of the {names} of {title}", "Du wolltest {names} von {title} ändern";
    my_many_new(count, things): "Your {count} new {things}", "Du wolltest {count} {things} hinzufügen";
    my_changes(count, things): "Your {count} changes of {things}", "Du wolltest {count} {things} ändern";
    my_deletes(count, things): "Your {count} deletes of {things}", "Du wolltest {count} {things} löschen";
    my_restores(count, things): "Your {count} restores of {things}", "Du wolltest {count} {things} wiederherstellen";
    my_moves(count, things): "Your {count} moves of {things}", "Du wolltest {count} {things} verschieben";
    was_refused(edit, why):
        "{edit} was refused. {why} It is kept: try again or discard it.",
        "{edit}, aber das wurde abgelehnt. {why} Die Änderung ist noch da: Versuch es noch einmal oder verwirf sie.";
    were_refused(edits, title, why):
        "{edits}, {title} among them, were refused. {why} They are kept: try again or discard them.",
        "{edits}, darunter {title}, aber das wurde abgelehnt. {why} Die Änderungen sind noch da: Versuch es noch einmal oder verwirf sie.";
}
