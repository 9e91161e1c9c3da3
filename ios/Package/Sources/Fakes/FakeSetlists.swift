import Models
import RockOnCore
import Synchronization

/// What the fake core tells of setlists.
public final class FakeSetlists: Sendable {
  private let asked = Mutex<[SetlistQuery]>([])
  public let lists = Channel<[ListChange<Setlist>]>()
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
}

extension Samples {
  /// A setlist as lists have it.
  public static func setlist(
    _ name: String, status: SetlistStatus? = .active, songs: Int = 0, runningTime: Int = 0, at: Timestamp? = nil,
    unread: Bool = false, pending: Bool = false
  ) -> Setlist {
    Setlist(
      id: RowId(name), scope: scope, name: name, status: status, notes: nil, show: nil, tags: [], items: [],
      runningTime: runningTime, untimed: 0, songs: songs, showDate: at, start: nil, end: nil, shortened: [],
      unread: unread, pending: pending, rev: 1)
  }
}
