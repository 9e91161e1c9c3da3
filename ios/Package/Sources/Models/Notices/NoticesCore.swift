import RockOnCore

/// What notices, conflicts and refused edits need of the core.
public protocol NoticesCore: Sendable {
  func watchNotices(_ limit: Int, in scope: ScopeId?) throws(RockOnError) -> Live<[ListChange<Notice>]>
  func watchConflicts() throws(RockOnError) -> Live<[ListChange<Conflict>]>
  func watchRejectedEdits() throws(RockOnError) -> Live<[ListChange<RejectedEdit>]>
  func seeNotice(_ id: NoticeId) async throws(RockOnError)
  func seeAllNotices(in scope: ScopeId?) async throws(RockOnError)
  func takeUntold(limit: Int) async throws(RockOnError) -> [Untold]
  func resolve(_ conflict: ConflictId, _ choice: Choice) async throws(RockOnError)
  func retry(_ rejected: EditId) async throws(RockOnError)
  func discard(_ rejected: EditId) async throws(RockOnError)
}

extension RockOn {
  /// Notices, the newest first, live.
  public func watchNotices(_ limit: Int, in scope: ScopeId?) throws(RockOnError) -> Live<[ListChange<Notice>]> {
    Live(try notices(limit: limit, in: scope))
  }
  /// Conflicts that wait, live.
  public func watchConflicts() throws(RockOnError) -> Live<[ListChange<Conflict>]> { Live(try conflicts()) }
  /// Refused edits that wait, live.
  public func watchRejectedEdits() throws(RockOnError) -> Live<[ListChange<RejectedEdit>]> {
    Live(try rejectedEdits())
  }
}
