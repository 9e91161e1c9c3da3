import Observation
import RockOnCore

/// The editor of a song, which never loses text: what was typed is kept until it is saved or let go.
@MainActor @Observable public final class SongEditorModel {
  /// What is edited.
  public enum Edited: Hashable, Sendable {
    case new(ScopeId)
    case existing(RowId)

    var code: String {
      switch self {
      case .new(let scope): "new/\(scope)"
      case .existing(let id): "song/\(id)"
      }
    }
  }

  /// What can be written, in order.
  public private(set) var fields: [EditedField]
  /// Somebody deleted the song meanwhile.
  public private(set) var isDeleted = false
  /// Leaving would lose what was typed: the question is open.
  public var asksToDiscard = false
  /// What the core refused.
  public private(set) var failure: RockOnError?
  /// What is edited.
  public let edited: Edited
  private var scope: ScopeId?
  /// It is being written: a second touch would write it twice.
  private var isSaving = false
  private let shell: Shell

  /// With what was typed and not saved the last time.
  public init(_ edited: Edited, _ shell: Shell) {
    (self.edited, self.shell) = (edited, shell)
    fields = SongField.allCases.map { EditedField(field: $0) }
    if case .new(let scope) = edited { self.scope = scope }
    for at in fields.indices {
      if let typed = shell.kept.read(key(fields[at].field)) { fields[at].text = typed }
      if let base = shell.kept.read(key(fields[at].field) + ".base") { fields[at].base = base }
    }
  }

  /// The song is not there yet.
  public var isNew: Bool { if case .new = edited { true } else { false } }
  /// Something was typed that is not saved.
  public var isTouched: Bool { fields.contains { $0.isTouched } }
  /// There is something to save, and somewhere to save it.
  public var canSave: Bool { isTouched && !isDeleted && !isSaving }
  /// What was typed, for another app.
  public var typed: String { fields.filter(\.isTouched).map(\.text).joined(separator: "\n") }

  /// Follows the song until the task is cancelled.
  public func follow() async {
    guard case .existing(let id) = edited else { return }
    do throws(RockOnError) {
      for await delivery in try shell.core.watchSong(id).deliveries {
        if case .value(let song) = delivery { arrived(song) }
      }
    } catch {
      failure = error
    }
  }

  /// The person typed.
  public func typed(_ text: String, in field: SongField) {
    write(field) { ($0.text, $0.wrong) = (text, nil) }
  }

  /// Theirs instead of mine.
  public func takeTheirsTapped(_ field: SongField) {
    write(field) { one in
      if let theirs = one.theirs { (one.text, one.base, one.theirs) = (theirs, theirs, nil) }
    }
  }

  /// The person is done: saved on this phone, and away.
  public func saveTapped() async {
    for at in fields.indices { fields[at].judge() }
    guard canSave, fields.allSatisfy({ $0.wrong == nil }) else { return }
    await save()
  }

  /// Out of the editor: at once when nothing would be lost.
  public func closeTapped() {
    if isTouched { asksToDiscard = true } else { leave() }
  }

  /// What was typed is let go.
  public func discardTapped() { leave() }

  /// The song that somebody deleted is there again, with what was typed.
  public func bringBackTapped() async {
    guard case .existing(let id) = edited, let scope, !isSaving else { return }
    isSaving = true
    defer { isSaving = false }
    do throws(RockOnError) {
      _ = try await shell.core.restore(.song, id, in: scope)
      await save()
    } catch {
      failure = error
    }
  }

  private func save() async {
    isSaving = true
    defer { isSaving = false }
    let touched = fields.filter(\.isTouched)
    let values = Dictionary(uniqueKeysWithValues: touched.map { ($0.field.rawValue, $0.value ?? .null) })
    do throws(RockOnError) {
      switch edited {
      case .new(let scope):
        let added = try await shell.core.add(.song, to: scope, values)
        leave()
        shell.router.go(to: .song(added))
      case .existing(let id):
        _ = try await shell.core.change(.song, id, values)
        leave()
      }
    } catch {
      failure = error
    }
  }

  private func arrived(_ song: Song?) {
    isDeleted = song == nil
    guard let song else { return }
    scope = song.scope
    for at in fields.indices { fields[at].arrived(fields[at].field.text(of: song) ?? "") }
  }

  private func write(_ field: SongField, _ change: (inout EditedField) -> Void) {
    failure = nil
    for at in fields.indices where fields[at].field == field {
      change(&fields[at])
      let isTouched = fields[at].isTouched
      shell.kept.write(isTouched ? fields[at].text : nil, for: key(field))
      shell.kept.write(isTouched ? fields[at].base : nil, for: key(field) + ".base")
    }
  }

  private func leave() {
    for field in SongField.allCases {
      shell.kept.write(nil, for: key(field))
      shell.kept.write(nil, for: key(field) + ".base")
    }
    shell.router.sheet = nil
  }

  private func key(_ field: SongField) -> String { "edit/\(edited.code)/\(field.rawValue)" }
}
