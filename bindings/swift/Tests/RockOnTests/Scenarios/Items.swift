import RockOnCore

/// What a member does to the items of a setlist.
extension ScenarioRun {
  func items(_ verb: String, _ client: RockOn, _ step: Step) async throws {
    let list = try await row(step["row"]?.word, .setlist, client)
    var item = ""
    if let name = step["item"]?.word { item = try await self.item(name, list, client) }
    let (title, notes) = (step["title"]?.word ?? "", step["notes"]?.word)
    let minutes = Int(step["minutes"]?.number ?? 0)
    switch verb {
    case "add_to_setlist":
      var songs: [RowId] = []
      for title in step["songs"]?.words ?? [] { songs.append(try await row(title, .song, client)) }
      try await client.addSongsToSetlist(list, songs, place: place(list, client, step))
    case "add_break":
      try await client.addBreak(list, minutes: minutes, notes: notes, place: place(list, client, step))
    case "add_section": try await client.addSection(list, title: title, place: place(list, client, step))
    case "move_item": try await client.moveItem(list, item, place: place(list, client, step))
    case "remove_item": taken[list] = try await client.removeItem(list, item)
    case "put_item_back":
      guard let taken = taken[list] else { throw Broken("nothing was taken out") }
      try await client.putItemBack(list, taken)
    case "set_break": try await client.setBreak(list, item, minutes: minutes, notes: notes)
    case "set_section": try await client.setSection(list, item, title: title)
    case "set_item_notes": try await client.setItemNotes(list, item, notes: notes)
    default: throw Broken("nobody does \(verb)")
    }
  }

  /// The id of the item that is shown so.
  private func item(_ name: String, _ list: RowId, _ client: RockOn) async throws -> String {
    try await until(patience, { try client.setlist(list) }) { $0?.items.first { $0.name == name }?.id }
  }

  private func place(_ list: RowId, _ client: RockOn, _ step: Step) async throws -> ItemPlace {
    if let name = step["before"]?.word { return .before(item: try await item(name, list, client)) }
    if let name = step["after"]?.word { return .after(item: try await item(name, list, client)) }
    return step["first"]?.on == true ? .first : .last
  }
}

extension SetlistItem {
  /// What a step calls it.
  var name: String {
    switch body {
    case .song(_, let title, _, _, _, _, _): title ?? ""
    case .break(let minutes, let notes): "Break \(minutes)" + (notes.map { ": \($0)" } ?? "")
    case .section(let title): title
    case .other: ""
    }
  }
}
