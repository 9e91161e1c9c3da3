import Foundation
import Observation
import RockOnCore

/// An edit that the server refused: what was tried, why not, and what is shown now.
@MainActor @Observable public final class RejectedScreenModel {
  /// What is seen.
  public enum Shown: Equatable, Sendable {
    case opening, settled
    case edit(RejectedEdit)
    case failed(RockOnError)
  }

  /// A value that was wanted, and the one that is shown; nothing for none.
  public struct Tried: Hashable, Identifiable, Sendable {
    /// The column.
    public let id: String
    public let wanted, now: String?
  }

  /// What is seen.
  public private(set) var shown: Shown = .opening
  /// What was typed, column by column.
  public private(set) var tried: [Tried] = []
  /// The row is not there any more.
  public private(set) var isGone = false
  /// What was typed would be lost: the question is open.
  public var asksToDiscard = false
  private var isBusy = false
  private let id: EditId
  private let shell: Shell

  /// This edit.
  public init(_ id: EditId, _ shell: Shell) { (self.id, self.shell) = (id, shell) }

  /// Sent again it would be refused again.
  public func isViewer(_ edit: RejectedEdit) -> Bool { shell.bands.all.contains { $0.id == edit.scope && !$0.mayEdit } }
  /// There is a text to copy.
  public var canCopy: Bool { tried.contains { $0.wanted != nil } }

  /// Follows the edit until the task is cancelled. To look at it is to have seen its notice.
  public func follow() async {
    var all: [RejectedEdit] = []
    await shell.follow({ try shell.core.watchRejectedEdits() }, failed: { shown = .failed($0) }) { changes in
      all.apply(changes)
      guard let edit = all.first(where: { $0.id == id }) else { return shown = .settled }
      guard shown != .edit(edit) else { return }
      let row = try await shell.core.row(edit.kind, edit.row)
      isGone = row == nil
      tried = edit.set.keys.sorted().compactMap { column in
        let wanted = edit.set[column].flatMap { written($0, of: column) }
        let now = row?[column].flatMap { written($0, of: column) }
        // Columns that nobody writes have neither.
        return wanted == nil && now == nil ? nil : Tried(id: column, wanted: wanted, now: now)
      }
      shown = .edit(edit)
      if let notice = edit.notice { try await shell.core.seeNotice(notice) }
    }
  }

  /// The person wants it sent once more.
  public func tryAgainTapped() async {
    await settle(.sentAgain) { [id, shell] in try await shell.core.retry(id) }
  }

  /// What was typed, for another app: bare where it is one value.
  public func copyTapped(_ language: Language) {
    let typed = tried.compactMap { one in one.wanted.map { (one.id, $0) } }
    let lines = typed.map { column, text in typed.count == 1 ? text : "\(language.label(of: column)): \(text)" }
    shell.device.copy(lines.joined(separator: "\n"))
    shell.tell(.copied)
  }

  /// The person gives it up: asked first, because what was typed is gone then.
  public func discardTapped() { asksToDiscard = true }
  public func discardAnywayTapped() async {
    await settle(.discarded) { [id, shell] in try await shell.core.discard(id) }
  }

  private func settle(_ done: Done, _ act: @MainActor () async throws -> Void) async {
    guard !isBusy else { return }
    isBusy = true
    defer { isBusy = false }
    guard await shell.attempt(act) else { return }
    shell.router.leave(.rejected(id))
    shell.tell(done)
  }
}
