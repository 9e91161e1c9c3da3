//! What was done to the items of a setlist. An item is named in the accusative.

sentences! {
    // One thing, with its setlist.
    put_in(item, title): "added {item} to {title}", "hat {item} in {title} aufgenommen";
    taken_out(item, title): "removed {item} from {title}", "hat {item} aus {title} entfernt";
    moved_in(item, title): "moved {item} in {title}", "hat {item} in {title} verschoben";
    moved_to_in(item, number, title):
        "moved {item} to {number} in {title}", "hat {item} in {title} auf Platz {number} verschoben";
    changed_in(item, title): "changed {item} in {title}", "hat {item} in {title} geändert";

    // One of several, after the setlist.
    added(item): "added {item}", "{item} hinzugefügt";
    removed(item): "removed {item}", "{item} entfernt";
    moved(item): "moved {item}", "{item} verschoben";
    moved_to(item, number): "moved {item} to {number}", "{item} auf Platz {number} verschoben";
    changed(item): "changed {item}", "{item} geändert";
    break_now(minutes): "break now {minutes} min", "Pause jetzt {minutes} min";

    items(count): ["{count} item", "{count} items"], ["{count} Eintrag", "{count} Einträge"];
    breaks(count): ["{count} break", "{count} breaks"], ["{count} Pause", "{count} Pausen"];
    an_item(): "an item", "einen Eintrag";
    a_break(minutes): "a break of {minutes} min", "eine Pause von {minutes} min";
    the_break(minutes): "the break of {minutes} min", "die Pause von {minutes} min";
    the_section(title): "the section {title}", "den Abschnitt {title}";
}
