import RockOnCore

/// What setlists need of the core.
public protocol SetlistsCore: Sendable {
  func watchSetlists(_ query: SetlistQuery) throws(RockOnError) -> Live<[ListChange<Setlist>]>
  @discardableResult func duplicateSetlist(_ list: RowId, name: String) async throws(RockOnError) -> RowId
}

extension RockOn {
  /// Setlists by name, live.
  public func watchSetlists(_ query: SetlistQuery) throws(RockOnError) -> Live<[ListChange<Setlist>]> {
    Live(try setlists(query))
  }
}
