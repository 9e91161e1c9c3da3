import Foundation
import Observation
import RockOnCore

/// A setlist in a list, ready to be drawn.
public struct SetlistRow: Hashable, Identifiable, Sendable {
  /// Its row.
  public let id: RowId
  /// As it is written.
  public let name: String
  /// When its show is.
  public let date: Date?
  /// How many songs are in it.
  public let songs: Int
  /// How long its songs and breaks take, as far as that is known.
  public let length: String?
  /// The person has not looked at it yet.
  public let isUnread: Bool
  /// Something of it is on this phone only.
  public let isUnsent: Bool
  let status: SetlistStatus?

  init(_ list: Setlist) {
    (id, name, date, songs, status) = (list.id, list.name, list.showDate, list.songs, list.status)
    (isUnread, isUnsent) = (list.unread, list.pending)
    length = list.runningTime > 0 ? writtenLength(list.runningTime) : nil
  }
}

/// The setlists of a band, or those that are archived.
@MainActor @Observable public final class SetlistsScreenModel {
  /// What a name is asked for.
  public enum Asking: Hashable, Sendable {
    case new
    case copy(SetlistRow)
  }

  /// In the core's order.
  public private(set) var rows: [SetlistRow] = []
  /// Those that are archived, and no others.
  public let isArchive: Bool
  /// What a name is asked for; nothing most of the time.
  public var asking: Asking?
  /// The name that is typed.
  public var typed = ""
  private var isLoaded = false
  private var failure: RockOnError?
  private let shell: Shell

  /// Of the shell's band.
  public init(_ shell: Shell, isArchive: Bool = false) { (self.shell, self.isArchive) = (shell, isArchive) }

  /// What the core is asked; nothing until the band is known.
  public var query: SetlistQuery? { shell.bands.chosen.map { SetlistQuery(scope: $0.id, archived: isArchive) } }
  /// What the person may not do is not offered.
  public var mayEdit: Bool { shell.bands.chosen?.mayEdit == true }
  /// A new one is in use: it is not made among the archived ones.
  public var canAdd: Bool { mayEdit && !isArchive }
  /// A setlist has a name.
  public var canSave: Bool { !typed.allSatisfy(\.isWhitespace) }

  /// What there is to see.
  public var shown: Listed { Listed(rows, isLoaded: isLoaded, failure, empty: empty) }
  private var empty: Listed {
    if isArchive { return .empty("setlists.archive_empty") }
    return .empty("setlists.empty", hint: mayEdit ? "setlists.empty_hint" : "setlists.empty_viewer")
  }

  /// Follows what is asked now, until the task is cancelled.
  public func follow(_ query: SetlistQuery?) async {
    guard let query else { return }
    await shell.follow({ try shell.core.watchSetlists(query) }, failed: { failure = $0 }) { changes in
      rows.apply(changes.map { $0.map(SetlistRow.init) })
      (isLoaded, failure) = (true, nil)
    }
  }

  /// Another band begins with nothing: a list never has another band's name above it.
  public func bandChanged() { (rows, isLoaded, failure) = ([], false, nil) }

  /// The person wants to make a setlist.
  public func addTapped() { (asking, typed) = (.new, "") }
  /// The person wants the same once more, under a name of its own.
  public func duplicateTapped(_ row: SetlistRow) { (asking, typed) = (.copy(row), row.name) }
  /// The person wants to see what is archived.
  public func archiveTapped() { shell.router.go(to: .archive) }

  /// The name was given.
  public func named(_ asking: Asking?) async {
    guard canSave, let asking, let band = shell.bands.chosen?.id else { return }
    let (name, core) = (typed.trimmingCharacters(in: .whitespaces), shell.core)
    switch asking {
    case .new:
      await shell.attempt {
        let values = SetlistDraft { $0.name = name }.values
        shell.router.go(to: .setlist(try await core.add(.setlist, to: band, values)))
      }
    case .copy(let row):
      await shell.attempt {
        let copy = try await core.duplicateSetlist(row.id, name: name)
        shell.tell(.duplicatedSetlist(name: name)) { try await core.delete(.setlist, copy) }
      }
    }
  }

  /// The person put it into the archive, or took it out of there.
  public func putAwayTapped(_ row: SetlistRow) async {
    let core = shell.core
    await shell.attempt {
      let status = isArchive ? SetlistStatus.active : .archived
      _ = try await core.change(.setlist, row.id, SetlistDraft { $0.status = status }.values)
      let before = SetlistDraft { $0.status = row.status }.values
      shell.tell(isArchive ? .unarchivedSetlist(name: row.name) : .archivedSetlist(name: row.name)) {
        _ = try await core.change(.setlist, row.id, before)
      }
    }
  }

  /// The person swiped a setlist away.
  public func swipedAway(_ row: SetlistRow) async {
    if let band = shell.bands.chosen?.id { await shell.delete(.setlist, row.id, row.name, in: band) }
  }
}
