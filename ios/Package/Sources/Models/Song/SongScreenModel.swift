import Foundation
import Observation
import RockOnCore

/// One song. To look at it is to have read it: what was different by then stays on screen until it is dismissed.
@MainActor @Observable public final class SongScreenModel {
  /// What is seen.
  public enum Shown: Equatable, Sendable {
    case opening, song, gone
    case failed(RockOnError)
  }

  /// What is seen.
  public private(set) var shown: Shown = .opening
  /// As it is written.
  public private(set) var title = ""
  /// What is known of it besides, in order; notes come after them.
  public private(set) var facts: [Fact] = []
  /// What to watch out for; nothing where nobody wrote it.
  public private(set) var notes: String?
  /// What is different since the person looked.
  public private(set) var changes: [Change] = []
  /// Who changed it last, where that is known, and when.
  public private(set) var lastBy: String?
  public private(set) var lastAt: Date?
  /// Something of it is on this phone only.
  public private(set) var isUnsent = false
  /// The song as text, to be shared; nothing until it is known.
  public private(set) var text: String?
  private var scope: ScopeId?
  /// A second touch would fail, and what it says would stand where the first can be taken back.
  private var isDeleting = false
  private let id: RowId
  private let shell: Shell

  /// The song of this row.
  public init(_ id: RowId, _ shell: Shell) { (self.id, self.shell) = (id, shell) }

  /// What the person may not do is not offered.
  public var mayEdit: Bool { shell.bands.all.first { $0.id == scope }?.mayEdit == true }

  /// Follows the song until the task is cancelled.
  public func follow() async {
    do throws(RockOnError) {
      for await delivery in try shell.core.watchSong(id).deliveries {
        switch delivery {
        case .value(let song?): try await take(song)
        case .value(nil): shown = .gone
        case .failure(let error): shown = .failed(error)
        }
      }
    } catch {
      shown = .failed(error)
    }
  }

  /// The person has read what is different.
  public func changesDismissed() { changes = [] }

  /// The person wants to write in it.
  public func editTapped() { shell.router.sheet = .editSong(id) }

  /// The person deletes the song. It can be taken back by the bar.
  public func deleteTapped() async {
    guard let scope, !isDeleting else { return }
    isDeleting = true
    defer { isDeleting = false }
    let (core, id) = (shell.core, id)
    do throws(RockOnError) {
      try await core.delete(.song, id)
      shell.router.leave(.song(id))
      shell.bars.show(
        Bar(
          .deletedSong(title: title),
          undo: { () async throws(RockOnError) in _ = try await core.restore(.song, id, in: scope) }))
    } catch {
      shell.bars.show(Bar(.failed(error)))
    }
  }

  /// The song first; what has to be asked for comes after it.
  private func take(_ song: Song) async throws(RockOnError) {
    (shown, scope, title, isUnsent) = (.song, song.scope, song.title, song.pending)
    let fields = SongField.allCases.filter { $0 != .title && $0 != .notes }
    facts = fields.compactMap { field in field.text(of: song).map { Fact(field: field, text: $0) } }
    notes = song.notes
    if song.unread { try await read() }
    let last = try await shell.core.lastChange(of: .song, id)
    (lastBy, lastAt) = (last?.byName, last?.at)
    text = try await shell.core.songText(id)
  }

  private func read() async throws(RockOnError) {
    let new = try await shell.core.changesSinceSeen(.song, id)?.fields.compactMap(Change.init) ?? []
    if !new.isEmpty { changes = new }
    try await shell.core.markRead(.song, id)
  }
}
