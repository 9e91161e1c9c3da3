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

/// Of which list the letters are.
public struct SongLetters: Hashable, Sendable {
  let query: SongQuery
  let rows: Int
}

/// The first songs that the core finds, in its order; more come when the end is near.
@MainActor @Observable final class SongRows {
  private(set) var rows: [SongRow] = []
  private(set) var isLoaded = false
  private(set) var failure: RockOnError?
  private var live: Live<[ListChange<Song>]>?
  private var limit = page
  private var wanted: (index: Int, then: (RowId) -> Void)?

  /// Follows what is asked now, until the task is cancelled. What was on screen stays until the new list is there.
  func follow(_ query: SongQuery?, _ shell: Shell) async {
    guard let query else { return }
    limit = Self.page
    await shell.follow(
      {
        let live = try shell.core.watchSongs(query)
        self.live = live
        return live
      }, failed: { failure = $0 }
    ) { changes in
      rows.apply(changes.map { $0.map(SongRow.init) })
      (isLoaded, failure) = (true, nil)
      arrive()
    }
  }

  /// Begins with nothing.
  func reset() { (rows, isLoaded, failure, wanted) = ([], false, nil, nil) }

  /// This row is on screen: the list grows before its end is.
  func reached(_ row: SongRow) {
    guard rows.count >= limit, rows.suffix(Self.page / 2).contains(where: { $0.id == row.id }) else { return }
    limit += Self.page
    live?.setLimit(limit)
  }

  /// Reads as far as this row, which is told when it is there.
  func reach(_ index: Int, then: @escaping (RowId) -> Void) {
    wanted = (index, then)
    if index >= limit {
      limit = index + Self.page
      live?.setLimit(limit)
    }
    arrive()
  }

  private func arrive() {
    guard let wanted, rows.indices.contains(wanted.index) else { return }
    self.wanted = nil
    wanted.then(rows[wanted.index].id)
  }

  /// How many rows a list begins with, and grows by.
  static let page = 100
}
