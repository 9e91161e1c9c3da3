import RockOnCore

/// What setlists need of the core.
public protocol SetlistsCore: Sendable {
  func watchSetlists(_ query: SetlistQuery) throws(RockOnError) -> Live<[ListChange<Setlist>]>
  @discardableResult func duplicateSetlist(_ list: RowId, name: String) async throws(RockOnError) -> RowId

  func watchSetlist(_ id: RowId) throws(RockOnError) -> Live<Setlist?>
  func setlistText(_ id: RowId) async throws(RockOnError) -> String
  func setlistHtml(_ id: RowId) async throws(RockOnError) -> String
  func seenBy(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> [SeenBy]
  @discardableResult func addSongs(_ songs: [RowId], to list: RowId) async throws(RockOnError) -> [String]
  @discardableResult func addBreak(_ list: RowId, minutes: Int) async throws(RockOnError) -> String
  @discardableResult func addSection(_ list: RowId, title: String) async throws(RockOnError) -> String
  func moveItem(_ list: RowId, _ item: String, place: ItemPlace) async throws(RockOnError)
  @discardableResult func removeItem(_ list: RowId, _ item: String) async throws(RockOnError) -> TakenItem
  func putItemBack(_ list: RowId, _ taken: TakenItem) async throws(RockOnError)
  func setBreak(_ list: RowId, _ item: String, minutes: Int, notes: String?) async throws(RockOnError)
  func setSection(_ list: RowId, _ item: String, title: String) async throws(RockOnError)
  func setItemNotes(_ list: RowId, _ item: String, notes: String?) async throws(RockOnError)
}

extension RockOn {
  /// Setlists by name, live.
  public func watchSetlists(_ query: SetlistQuery) throws(RockOnError) -> Live<[ListChange<Setlist>]> {
    Live(try setlists(query))
  }
  /// One setlist, live.
  public func watchSetlist(_ id: RowId) throws(RockOnError) -> Live<Setlist?> { Live(try setlist(id)) }
  /// Behind what is in it, in this order.
  @discardableResult
  public func addSongs(_ songs: [RowId], to list: RowId) async throws(RockOnError) -> [String] {
    try await addSongsToSetlist(list, songs)
  }
  /// Behind what is in it, without notes.
  @discardableResult
  public func addBreak(_ list: RowId, minutes: Int) async throws(RockOnError) -> String {
    try await addBreak(list, minutes: minutes, notes: nil)
  }
  /// Behind what is in it.
  @discardableResult
  public func addSection(_ list: RowId, title: String) async throws(RockOnError) -> String {
    try await addSection(list, title: title, place: .last)
  }
}
