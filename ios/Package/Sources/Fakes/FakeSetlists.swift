import Models
import RockOnCore
import Synchronization

/// What the fake core tells of setlists.
public final class FakeSetlists: Sendable {
  private let asked = Mutex<[SetlistQuery]>([])
  public let lists = Channel<[ListChange<Setlist>]>()
  public let list = Channel<Setlist?>()
  private let begun = Mutex<[Letter]>([])
  /// With what the songs of the library begin.
  public var letters: [Letter] {
    get { begun.withLock { $0 } }
    set { begun.withLock { $0 = newValue } }
  }
  private let others = Mutex<[SeenBy]>([])
  /// Who has looked.
  public func seen(by others: [SeenBy]) { self.others.withLock { $0 = others } }
  fileprivate var seenBy: [SeenBy] { others.withLock { $0 } }
  /// What lists were asked for, in order.
  public var queries: [SetlistQuery] { asked.withLock { $0 } }

  func ask(_ query: SetlistQuery) { asked.withLock { $0.append(query) } }
}

/// The part of the core that setlists need.
extension FakeCore {
  /// What the test says.
  public func watchSetlists(_ query: SetlistQuery) -> Live<[ListChange<Setlist>]> {
    ofSetlists.ask(query)
    return ofSetlists.lists.live()
  }
  /// Counted.
  @discardableResult
  public func duplicateSetlist(_ list: RowId, name: String) async throws(RockOnError) -> RowId {
    try call("duplicate \(list) as \(name)")
    return RowId("copy")
  }
  /// What the test says.
  public func watchSetlist(_ id: RowId) -> Live<Setlist?> { ofSetlists.list.live() }
  /// What the test says.
  public func setlistText(_ id: RowId) -> String { "the setlist as text" }
  /// What the test says.
  public func setlistHtml(_ id: RowId) -> String { "the setlist as HTML" }
  /// What the test says.
  public func seenBy(_ kind: Kind, _ id: RowId) -> [SeenBy] { ofSetlists.seenBy }
  /// Counted.
  public func addSongs(_ songs: [RowId], to list: RowId) async throws(RockOnError) -> [String] {
    try call("add \(songs.map(\.text).joined(separator: ", ")) to \(list)")
    return songs.map { "item of \($0)" }
  }
  /// Counted.
  public func addBreak(_ list: RowId, minutes: Int) async throws(RockOnError) -> String {
    try call("add break of \(minutes) to \(list)")
    return "break"
  }
  /// Counted.
  public func addSection(_ list: RowId, title: String) async throws(RockOnError) -> String {
    try call("add section \(title) to \(list)")
    return "section"
  }
  /// Counted.
  public func moveItem(_ list: RowId, _ item: String, place: ItemPlace) async throws(RockOnError) {
    try call("move \(item) \(place)")
  }
  /// Counted.
  public func removeItem(_ list: RowId, _ item: String) async throws(RockOnError) -> TakenItem {
    try call("remove \(item)")
    return TakenItem(raw: .text(text: item), after: nil)
  }
  /// Counted.
  public func setBreak(_ list: RowId, _ item: String, minutes: Int, notes: String?) async throws(RockOnError) {
    try call("set \(item) to \(minutes) \(notes ?? "-")")
  }
  /// Counted.
  public func setSection(_ list: RowId, _ item: String, title: String) async throws(RockOnError) {
    try call("set \(item) to \(title)")
  }
  /// Counted.
  public func setItemNotes(_ list: RowId, _ item: String, notes: String?) async throws(RockOnError) {
    try call("set \(item) to \(notes ?? "-")")
  }
  /// Counted.
  public func putItemBack(_ list: RowId, _ taken: TakenItem) async throws(RockOnError) { try call("put back") }
}

extension Samples {
  /// A setlist as lists have it.
  public static func setlist(
    _ name: String, status: SetlistStatus? = .active, songs: Int = 0, runningTime: Int = 0, at: Timestamp? = nil,
    unread: Bool = false, pending: Bool = false, items: [SetlistItem] = [], notes: String? = nil,
    untimed: Int = 0, start: TimeOfDay? = nil, end: TimeOfDay? = nil, rev: Rev = 1
  ) -> Setlist {
    Setlist(
      id: RowId(name), scope: scope, name: name, status: status, notes: notes, show: nil, tags: [], items: items,
      runningTime: runningTime, untimed: untimed, songs: songs, showDate: at, start: start, end: end, shortened: [],
      unread: unread, pending: pending, rev: rev)
  }

  /// A song of a setlist, called by its title.
  public static func item(_ title: String, number: Int, key: String? = nil, length: Int? = nil, notes: String? = nil)
    -> SetlistItem
  {
    item(
      title,
      .song(
        id: RowId(title), title: title, artist: nil, key: key, tempo: nil, duration: length, notes: notes), number)
  }

  /// Something else of a setlist.
  public static func item(_ id: String, _ body: ItemBody, _ number: Int? = nil) -> SetlistItem {
    SetlistItem(id: id, body: body, raw: .null, number: number)
  }
}
