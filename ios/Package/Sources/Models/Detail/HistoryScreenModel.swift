import Foundation
import Observation
import RockOnCore

/// What was done to a song, the newest first: read again with each change of it.
@MainActor @Observable public final class HistoryScreenModel {
  /// One thing that somebody did.
  public struct Step: Hashable, Identifiable, Sendable {
    /// Which one it is, from 0.
    public let id: Int
    public let verb: Verb
    /// Nothing where that is not known.
    public let by: String?
    public let at: Date?
    public let changes: [Change]
  }

  /// Nothing before they are read.
  public private(set) var steps: [Step]?
  /// Why they are not there.
  public private(set) var failure: RockOnError?
  private let id: RowId
  private let shell: Shell

  /// Of this song.
  public init(_ id: RowId, _ shell: Shell) { (self.id, self.shell) = (id, shell) }

  /// There is none, and that is known.
  public var isEmpty: Bool { steps?.isEmpty == true }

  /// Follows the song until the task is cancelled.
  public func follow() async {
    await shell.follow({ try shell.core.watchRow(.song, id) }, failed: { failure = $0 }) { _ in
      // More than anybody scrolls through.
      let all = try await shell.core.history(of: .song, id, limit: 200)
      steps = zip(all, 0...).map { step, at in
        let changes = step.fields.compactMap { Change($0.field, from: $0.from, to: $0.to, of: Field.song) }
        return Step(id: at, verb: step.verb, by: step.actorName, at: step.at, changes: changes)
      }
      failure = nil
    }
  }
}
