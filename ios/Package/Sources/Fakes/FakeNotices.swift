import Models
import RockOnCore
import Synchronization

/// What the fake core tells of notices, conflicts and refused edits.
public final class FakeNotices: Sendable {
  private struct State {
    var untold: [Untold] = []
    var row: Values?
  }
  public let notices = Channel<[ListChange<Notice>]>()
  public let conflicts = Channel<[ListChange<Conflict>]>()
  public let rejected = Channel<[ListChange<RejectedEdit>]>()
  private let state = Mutex(State())

  /// What nobody was told yet.
  public var untold: [Untold] {
    get { state.withLock(\.untold) }
    set { state.withLock { $0.untold = newValue } }
  }
  /// What every row holds; nothing when it is not there.
  public var row: Values? {
    get { state.withLock(\.row) }
    set { state.withLock { $0.row = newValue } }
  }
}

/// The part of the core that notices need.
extension FakeCore {
  /// What the test says, of every band.
  public func watchNotices(_ limit: Int, in scope: ScopeId?) throws(RockOnError) -> Live<[ListChange<Notice>]> {
    if limit > 1 && limit < 200 { try call("notices of \(scope?.text ?? "all")") }
    return ofNotices.notices.live()
  }
  /// What the test says.
  public func watchConflicts() -> Live<[ListChange<Conflict>]> { ofNotices.conflicts.live() }
  /// What the test says.
  public func watchRejectedEdits() -> Live<[ListChange<RejectedEdit>]> { ofNotices.rejected.live() }
  /// Counted.
  public func seeNotice(_ id: NoticeId) async throws(RockOnError) { try call("see \(id)") }
  /// Counted.
  public func seeAllNotices(in scope: ScopeId?) async throws(RockOnError) {
    try call("see all of \(scope?.text ?? "all")")
  }
  /// Each is given once.
  public func takeUntold(limit: Int) async throws(RockOnError) -> [Untold] {
    let untold = ofNotices.untold
    ofNotices.untold = []
    return untold
  }
  /// Counted.
  public func resolve(_ conflict: ConflictId, _ choice: Choice) async throws(RockOnError) {
    try call("resolve \(conflict) \(choice)")
  }
  /// Counted.
  public func retry(_ rejected: EditId) async throws(RockOnError) { try call("retry \(rejected)") }
  /// Counted.
  public func discard(_ rejected: EditId) async throws(RockOnError) { try call("discard \(rejected)") }
}
