import Foundation
import Observation
import RockOnCore

/// What was deleted lately, and can be brought back.
@MainActor @Observable public final class DeletedScreenModel {
  /// A row that is not there any more.
  public struct Row: Hashable, Identifiable, Sendable {
    /// The row.
    public let id: RowId
    public let kind: Kind
    public let title: String
    /// Nothing for a delete of one's own that was not sent.
    public let by: String?
    public let at: Date
  }

  /// The newest first.
  public private(set) var rows: [Row] = []
  public private(set) var isLoaded = false
  /// Why the list is not whole.
  public private(set) var failure: RockOnError?
  private let scope: ScopeId
  private let shell: Shell

  /// Of a band, or of the person's own songs.
  public init(_ scope: ScopeId, _ shell: Shell) { (self.scope, self.shell) = (scope, shell) }

  /// A viewer may look.
  public var mayRestore: Bool { shell.bands.all.contains { $0.id == scope && $0.mayEdit } }

  /// Follows the list until the task is cancelled.
  public func follow() async {
    var all: [Deleted] = []
    await shell.follow({ try shell.core.watchDeleted(in: scope) }, failed: { failure = $0 }) { changes in
      all.apply(changes)
      (isLoaded, failure) = (true, nil)
      rows = all.map { one in
        Row(id: one.id, kind: one.kind, title: one.title, by: one.byName.isEmpty ? nil : one.byName, at: one.at)
      }
    }
  }

  /// The person wants it back.
  public func restoreTapped(_ row: Row) async {
    let done = await shell.attempt { _ = try await shell.core.restore(row.kind, row.id, in: scope) }
    if done { shell.tell(.restored(row.title)) }
  }
}
