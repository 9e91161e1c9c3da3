import Observation
import RockOnCore

/// The list of songs. The core searches, sorts and filters; this keeps what was chosen.
@MainActor @Observable public final class SongsScreenModel {
  /// What is shown instead of rows, or with them.
  public enum Shown: Equatable, Sendable {
    case opening, list, empty, emptyForViewer, nothingFound(String), allRead
    case failed(RockOnError)
  }

  /// The first songs of the list, in the core's order.
  public var rows: [SongRow] { songs.rows }
  private let songs = SongRows()
  private var isAllRead = false

  /// What was typed.
  public var search: String { didSet { shell.kept.write(search.isEmpty ? nil : search, for: Self.searchKey) } }
  /// How the list is sorted.
  public var order: SongOrder = .title
  /// Only what is new for the person.
  public var isUnreadOnly = false
  /// Only what is the person's own.
  public var isMineOnly = false

  private let shell: Shell

  /// The list of the shell's band.
  public init(_ shell: Shell) {
    self.shell = shell
    search = shell.kept.read(Self.searchKey) ?? ""
  }

  /// What the core is asked; nothing until the band is known.
  public var query: SongQuery? {
    shell.bands.chosen.map { band in
      SongQuery(
        scope: band.id, search: search, unreadOnly: isUnreadOnly, mineOnly: isMineOnly, order: order,
        limit: SongRows.page)
    }
  }

  /// What the person may not do is not offered.
  public var mayEdit: Bool { shell.bands.chosen?.mayEdit == true }

  /// What there is to see.
  public var shown: Shown {
    if let failure = songs.failure { return .failed(failure) }
    if !rows.isEmpty { return .list }
    if !songs.isLoaded { return .opening }
    if !search.isEmpty { return .nothingFound(search) }
    if isUnreadOnly { return .allRead }
    return mayEdit ? .empty : .emptyForViewer
  }

  /// A row's dot. Everything counts as read while that can still be taken back.
  public func isNew(_ row: SongRow) -> Bool { row.isUnread && !isAllRead }

  /// Follows what is asked now, until the task is cancelled. What was on screen stays until the new list is there, but for
  /// that of another band.
  public func follow(_ query: SongQuery?) async { await songs.follow(query, shell) }

  /// Another band begins with nothing: a list never has another band's name above it.
  public func bandChanged() {
    songs.reset()
    isAllRead = false
  }

  /// This row is on screen: the list grows before its end is.
  public func reached(_ row: SongRow) { songs.reached(row) }

  /// The person wants to write a new song.
  public func addTapped() {
    if let band = shell.bands.chosen { shell.router.sheet = .new(.song, band.id) }
  }

  /// The person swiped a song away.
  public func swipedAway(_ row: SongRow) async {
    if let band = shell.bands.chosen?.id { await shell.delete(.song, row.id, row.title, in: band) }
  }

  /// Done when it can no longer be taken back; shown as done at once.
  public func markAllReadTapped() {
    guard let band = shell.bands.chosen?.id else { return }
    isAllRead = true
    let core = shell.core
    shell.bars.show(
      Bar(
        .allSongsRead, undo: { await self.noLongerAllRead() },
        finish: {
          try await core.markKindRead(.song, in: band)
          await self.noLongerAllRead()
        }))
  }

  private func noLongerAllRead() { isAllRead = false }

  private static let searchKey = "songs.search"
}
