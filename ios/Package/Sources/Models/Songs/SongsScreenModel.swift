import Observation
import RockOnCore

/// A song in a list, ready to be drawn.
public struct SongRow: Hashable, Identifiable, Sendable {
  /// Its row.
  public let id: RowId
  /// As it is written.
  public let title: String
  /// Nothing where nobody wrote it.
  public let artist, length, key: String?
  /// Beats a minute.
  public let tempo: Int?
  /// The person has not looked at it yet.
  public let isUnread: Bool
  /// Something of it is on this phone only.
  public let isUnsent: Bool

  init(_ song: Song) {
    (id, title, artist, key, tempo) = (song.id, song.title, song.artist, song.key, song.tempo)
    (isUnread, isUnsent) = (song.unread, song.pending)
    length = song.duration.map(writtenLength)
  }
}

/// The list of songs. The core searches, sorts and filters; this keeps what was chosen.
@MainActor @Observable public final class SongsScreenModel {
  /// What is shown instead of rows, or with them.
  public enum Shown: Equatable, Sendable {
    case opening, list, empty, emptyForViewer, nothingFound(String), allRead
    case failed(RockOnError)
  }

  /// The first songs of the list, in the core's order.
  public private(set) var rows: [SongRow] = []
  private var isLoaded = false
  private var failure: RockOnError?
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
  private var live: Live<[ListChange<Song>]>?
  private var limit = page

  /// The list of the shell's band.
  public init(_ shell: Shell) {
    self.shell = shell
    search = shell.kept.read(Self.searchKey) ?? ""
  }

  /// What the core is asked; nothing until the band is known.
  public var query: SongQuery? {
    shell.bands.chosen.map { band in
      SongQuery(
        scope: band.id, search: search, unreadOnly: isUnreadOnly, mineOnly: isMineOnly, order: order, limit: Self.page)
    }
  }

  /// What the person may not do is not offered.
  public var mayEdit: Bool { shell.bands.chosen?.mayEdit == true }

  /// What there is to see.
  public var shown: Shown {
    if let failure { return .failed(failure) }
    if !rows.isEmpty { return .list }
    if !isLoaded { return .opening }
    if !search.isEmpty { return .nothingFound(search) }
    if isUnreadOnly { return .allRead }
    return mayEdit ? .empty : .emptyForViewer
  }

  /// A row's dot. Everything counts as read while that can still be taken back.
  public func isNew(_ row: SongRow) -> Bool { row.isUnread && !isAllRead }

  /// Follows what is asked now, until the task is cancelled. What was on screen stays until the new list is there, but for
  /// that of another band.
  public func follow(_ query: SongQuery?) async {
    guard let query else { return }
    limit = Self.page
    do throws(RockOnError) {
      let live = try shell.core.watchSongs(query)
      self.live = live
      for await delivery in live.deliveries { take(delivery) }
    } catch {
      failure = error
    }
  }

  /// Another band begins with nothing: a list never has another band's name above it.
  public func bandChanged() {
    (rows, isLoaded, failure, isAllRead) = ([], false, nil, false)
  }

  /// This row is on screen: the list grows before its end is.
  public func reached(_ row: SongRow) {
    guard rows.count >= limit, rows.suffix(Self.page / 2).contains(where: { $0.id == row.id }) else { return }
    limit += Self.page
    live?.setLimit(limit)
  }

  /// The person wants to write a new song.
  public func addTapped() {
    if let band = shell.bands.chosen { shell.router.sheet = .newSong(band.id) }
  }

  /// The person swiped a song away.
  public func swipedAway(_ row: SongRow) async {
    guard let band = shell.bands.chosen?.id else { return }
    let core = shell.core
    do throws(RockOnError) {
      try await core.delete(.song, row.id)
      shell.bars.show(
        Bar(
          .deletedSong(title: row.title),
          undo: { () async throws(RockOnError) in _ = try await core.restore(.song, row.id, in: band) }))
    } catch {
      shell.bars.show(Bar(.failed(error)))
    }
  }

  /// Done when it can no longer be taken back; shown as done at once.
  public func markAllReadTapped() {
    guard let band = shell.bands.chosen?.id else { return }
    isAllRead = true
    let core = shell.core
    shell.bars.show(
      Bar(
        .allSongsRead, undo: { await self.noLongerAllRead() },
        finish: { () async throws(RockOnError) in
          try await core.markKindRead(.song, in: band)
          await self.noLongerAllRead()
        }))
  }

  private func noLongerAllRead() { isAllRead = false }

  private func take(_ delivery: Delivery<[ListChange<Song>]>) {
    switch delivery {
    case .value(let changes):
      rows.apply(changes.map { $0.map(SongRow.init) })
      isLoaded = true
      failure = nil
    case .failure(let error): failure = error
    }
  }

  /// How many rows a list begins with, and grows by.
  static let page = 100
  private static let searchKey = "songs.search"
}
