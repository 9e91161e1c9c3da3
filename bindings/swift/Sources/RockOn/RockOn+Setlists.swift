/// What is in a setlist, item by item. An item is called by the `id` that it is shown with. Edits like any other: durable and
/// on every feed when the call comes back, and merged item by item with what others did.
extension RockOn {
  /// The same setlist once more, under another name: notes, tags and items, which are new ones; for no show, and not archived.
  ///
  /// Throws `NotFound`, or `Invalid` for the name.
  /// - Returns: its id.
  @discardableResult
  public func duplicateSetlist(_ list: RowId, name: String) async throws(RockOnError) -> RowId {
    try await calling { try await core.duplicateSetlist(list: list, name: name) }
  }

  /// Puts songs into a setlist, in this order.
  ///
  /// Throws `NotFound` for a setlist, a song or a place that is not here, `Invalid` for a song of another band; nothing was
  /// added then.
  /// - Returns: the ids of the new items.
  @discardableResult
  public func addSongsToSetlist(
    _ list: RowId, _ songs: [RowId], place: ItemPlace = .last
  ) async throws(RockOnError) -> [String] {
    try await calling { try await core.addSongsToSetlist(list: list, songs: songs, place: place) }
  }

  /// Puts a break of 1 to 1,440 minutes into a setlist.
  /// - Returns: the id of the item.
  @discardableResult
  public func addBreak(
    _ list: RowId, minutes: Int, notes: String? = nil, place: ItemPlace = .last
  ) async throws(RockOnError) -> String {
    try await calling { try await core.addBreak(list: list, minutes: Int64(minutes), notes: notes, place: place) }
  }

  /// Puts a heading into a setlist.
  /// - Returns: the id of the item.
  @discardableResult
  public func addSection(
    _ list: RowId, title: String, place: ItemPlace = .last
  ) async throws(RockOnError) -> String {
    try await calling { try await core.addSection(list: list, title: title, place: place) }
  }

  /// Moves an item. It keeps its id; what somebody else did to the setlist meanwhile stays.
  ///
  /// Throws `NotFound` when it, or the item at its place, is not in the setlist any more.
  public func moveItem(_ list: RowId, _ item: String, place: ItemPlace) async throws(RockOnError) {
    try await calling { try await core.moveItem(list: list, item: item, place: place) }
  }

  /// Takes an item out. What comes back is for ``putItemBack(_:_:)``.
  @discardableResult
  public func removeItem(_ list: RowId, _ item: String) async throws(RockOnError) -> TakenItem {
    try await calling { try await core.removeItem(list: list, item: item) }
  }

  /// Puts an item back where it was, with its id; at the end if what was before it has gone.
  public func putItemBack(_ list: RowId, _ taken: TakenItem) async throws(RockOnError) {
    try await calling { try await core.putItemBack(list: list, taken: taken) }
  }

  /// Gives a break other minutes (1 to 1,440) and notes; without notes it has none. Throws `Invalid` for an item that is no
  /// break.
  public func setBreak(
    _ list: RowId, _ item: String, minutes: Int, notes: String? = nil
  ) async throws(RockOnError) {
    try await calling { try await core.setBreak(list: list, item: item, minutes: Int64(minutes), notes: notes) }
  }

  /// Gives a heading another text. Throws `Invalid` for an item that is none.
  public func setSection(_ list: RowId, _ item: String, title: String) async throws(RockOnError) {
    try await calling { try await core.setSection(list: list, item: item, title: title) }
  }

  /// Gives a song or a break of a setlist notes, or takes them away. Throws `Invalid` for a heading.
  public func setItemNotes(_ list: RowId, _ item: String, notes: String? = nil) async throws(RockOnError) {
    try await calling { try await core.setItemNotes(list: list, item: item, notes: notes) }
  }
}
