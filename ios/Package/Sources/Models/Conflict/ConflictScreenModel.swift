import Foundation
import Observation
import RockOnCore

/// Two values of one field, or a delete or a move that met a change, and the choice between them; also the editor of one made
/// of both, whose text is kept until it is saved or let go.
@MainActor @Observable public final class ConflictScreenModel {
  /// What is seen.
  public enum Shown: Equatable, Sendable {
    case opening, settled
    case choice
    case failed(RockOnError)
  }

  /// A conflict, ready to be drawn.
  public struct Choosing: Equatable, Sendable {
    /// What it is about.
    public let kind: Kind
    public let column: String
    public let asks: Asks
    /// Both values; nothing for an empty one.
    public let mine, theirs: String?
    /// Whose the other is.
    public let by: String?
    public let at: Date
    /// Which one holds now.
    public let live: Side
    /// How they differ, where they are long.
    public let parts: [Part]
    let scope: ScopeId
    let isProse: Bool

    init(_ conflict: Conflict) {
      let what = conflict.what
      (kind, column, asks, by, scope) = (what.kind, what.field, what.asks, what.byName, what.scope)
      (at, live) = (conflict.at, conflict.live)
      mine = written(what.mine, of: what.field)
      theirs = written(what.theirs, of: what.field)
      parts = Part.of(mine, theirs)
      isProse = [what.mine, what.theirs].allSatisfy { value in
        switch value {
        case .text, .null: true
        default: false
        }
      }
    }
  }

  /// What is seen.
  public private(set) var shown: Shown = .opening
  /// The conflict; the last that was known when somebody settles it.
  public private(set) var choosing: Choosing?
  /// What the row is called.
  public private(set) var title: String?
  /// What is typed in the editor of both.
  public private(set) var text = ""
  /// Leaving would lose what was typed: the question is open.
  public var asksToDiscard = false
  private var isBusy = false
  private let id: ConflictId
  private let shell: Shell

  /// This conflict.
  public init(_ id: ConflictId, _ shell: Shell) {
    (self.id, self.shell) = (id, shell)
    text = shell.kept.read(key) ?? ""
  }

  /// There is something to choose for.
  public var canChoose: Bool { shown == .choice && choosing?.live != .gone && !isBusy }
  /// One's own value: not for a viewer, whose edit would be refused.
  public var canInsist: Bool {
    canChoose && shell.bands.all.contains { $0.id == choosing?.scope && $0.mayEdit }
  }
  /// One made of both.
  public var canMerge: Bool { canInsist && choosing?.asks == .value && choosing?.isProse == true }

  /// Follows the conflict until the task is cancelled. To look at it is to have seen its notice.
  public func follow() async {
    var all: [Conflict] = []
    await shell.follow({ try shell.core.watchConflicts() }, failed: { shown = .failed($0) }) { changes in
      all.apply(changes)
      guard let conflict = all.first(where: { $0.id == id }) else { return shown = .settled }
      let isFirst = choosing == nil
      choosing = Choosing(conflict)
      shown = .choice
      if shell.kept.read(key) == nil { text = choosing?.mine ?? "" }
      guard isFirst else { return }
      if let notice = conflict.notice { try await shell.core.seeNotice(notice) }
      let row = try await shell.core.row(conflict.what.kind, conflict.what.row)
      title = (row?["title"] ?? row?["name"]).flatMap { written($0, of: "") }
    }
  }

  /// Mine; delete or move it anyway.
  public func mineTapped() async { await choose(.mine) }
  /// The other's; keep the row.
  public func theirsTapped() async { await choose(.theirs) }
  /// The person wants to make one of both.
  public func mergeTapped() { shell.router.sheet = .merge(id) }

  /// The person typed.
  public func typed(_ text: String) {
    self.text = text
    shell.kept.write(text, for: key)
  }

  /// What was made of both is the value from now on.
  public func saveTapped() async {
    let typed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    await choose(.other(typed.isEmpty ? .null : .text(text: typed)))
  }

  /// For another app, where somebody has chosen meanwhile.
  public func copyTapped() {
    shell.device.copy(text)
    shell.tell(.copied)
  }

  /// Out of the editor: at once when nothing would be lost.
  public func closeTapped() {
    if shell.kept.read(key) == nil { shell.router.sheet = nil } else { asksToDiscard = true }
  }

  /// What was typed is let go.
  public func discardTapped() { forget() }

  private func choose(_ choice: Choice) async {
    guard !isBusy else { return }
    isBusy = true
    defer { isBusy = false }
    guard await shell.attempt({ try await shell.core.resolve(id, choice) }) else { return }
    forget()
    shell.router.leave(.conflict(id))
    shell.tell(.conflictResolved)
  }

  private func forget() {
    shell.kept.write(nil, for: key)
    shell.router.sheet = nil
  }

  private var key: String { "merge/\(id)" }
}
