import RockOnCore

/// An item of a setlist in the editor: it is no row of its own, what was typed goes into its setlist.
public struct EditedItem: Hashable, Sendable {
  /// What is written about: a song is played as it is, a break is done instead.
  enum Sort: Hashable, Sendable { case song, pause, section }

  let id: String
  let sort: Sort

  /// Nothing for an item that only a newer version knows.
  init?(_ row: ItemRow) {
    switch row.what {
    case .song: self.init(row.id, .song)
    case .pause: self.init(row.id, .pause)
    case .section: self.init(row.id, .section)
    case .other: return nil
    }
  }

  init(_ id: String, _ sort: Sort) { (self.id, self.sort) = (id, sort) }

  /// What it is called above: a key of the catalogue.
  var title: String {
    switch sort {
    case .song: "setlist.item_notes"
    case .pause: "setlist.pause"
    case .section: "setlist.section"
    }
  }

  var fields: [Field] {
    let notes = Field("notes", "setlist.item_notes", .text)
    return switch sort {
    case .song: [notes]
    case .pause: [Field("minutes", "setlist.pause_length", .minutes, missing: "song.number_wrong"), notes]
    case .section: [Field("title", "setlist.section_name", missing: "setlists.name_missing")]
    }
  }

  /// What it is now; nothing when it is not in the setlist any more.
  func values(in row: Row) -> Values? {
    switch row.items.first(where: { $0.id == id })?.body {
    case .song(_, _, _, _, _, _, let notes): ["notes": notes.json]
    case .break(let minutes, let notes): ["minutes": .whole(number: minutes), "notes": notes.json]
    case .section(let title): ["title": .text(text: title)]
    case .other, nil: nil
    }
  }

  /// What is different goes into the setlist; the rest of a break stays.
  func save(_ new: Values, over old: Values, in list: RowId, _ core: any Core) async throws(RockOnError) {
    let all = old.merging(new) { $1 }
    let notes = all["notes"]?.words
    switch sort {
    case .song: try await core.setItemNotes(list, id, notes: notes)
    case .section: try await core.setSection(list, id, title: all["title"]?.words ?? "")
    case .pause:
      guard case .whole(let minutes) = all["minutes"] else { return }
      try await core.setBreak(list, id, minutes: minutes, notes: notes)
    }
  }
}

extension String? {
  fileprivate var json: Json { map { .text(text: $0) } ?? .null }
}
