import RockOnCore

/// What was done and cannot be taken back by the bar, which says it.
public enum Done: Equatable, Sendable {
  case copied, allNoticesSeen, conflictResolved, discarded, sentAgain, codeRevoked, saved, inTheBand
  case removed(String)
  case imported(Int)
  case restored(String)
  case left(String)
  case deletedBand(String)
}

/// How models act and follow: a failure of an act is told by the bar, one of a feed by its screen.
extension Shell {
  /// True when it was done.
  @discardableResult
  func attempt(_ act: @MainActor () async throws -> Void) async -> Bool {
    do {
      try await act()
      return true
    } catch {
      bars.show(Bar(.failed(ours(error))))
      return false
    }
  }

  /// Deletes a row; the bar takes it back. True when it was done.
  @discardableResult
  func delete(_ kind: Kind, _ id: RowId, _ name: String?, in scope: ScopeId) async -> Bool {
    let core = core
    return await attempt {
      try await core.delete(kind, id)
      tell(.deleted(name: name)) { _ = try await core.restore(kind, id, in: scope) }
    }
  }

  func tell(_ done: Done) { bars.show(Bar(.done(done))) }

  /// What was done, and what takes it back.
  func tell(_ what: Bar.What, undo: @escaping @Sendable () async throws -> Void) { bars.show(Bar(what, undo: undo)) }

  /// Follows a feed until it ends or the task is cancelled. What cannot be done with one value is told; the next may be another,
  /// or the news that what was asked for is gone.
  func follow<Value>(
    _ live: @MainActor () throws -> Live<Value>, failed: @MainActor (RockOnError) -> Void,
    _ take: @MainActor (Value) async throws -> Void
  ) async {
    do {
      for await delivery in try live().deliveries {
        do { try await take(try delivery.get()) } catch { failed(ours(error)) }
      }
    } catch {
      failed(ours(error))
    }
  }
}

/// Any error as the core's: nothing else is thrown but for a bug.
func ours(_ error: any Error) -> RockOnError { error as? RockOnError ?? .Internal(place: "the app") }
