import Observation
import RockOnCore

/// The list of songs. The core searches, sorts and filters; this keeps what was chosen.
@MainActor @Observable public final class SongsScreenModel {
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

  /// Songs that are chosen to be put into a setlist, in that order; nothing while none are being chosen.
  public private(set) var chosen: [RowId]?
  /// With what the titles begin, where the list is sorted so that one can jump there.
  public private(set) var letters: [Letter] = []
  /// The row that a jump leads to.
  public private(set) var goal: RowId?
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
  public var shown: Listed { Listed(rows, isLoaded: songs.isLoaded, songs.failure, empty: empty) }
  private var empty: Listed {
    if !search.isEmpty { return .nothingFound(search) }
    if isUnreadOnly { return .empty("songs.none_unread") }
    return .empty("songs.empty", hint: mayEdit ? "songs.empty_hint" : "songs.empty_viewer")
  }

  /// Some are being chosen.
  public var isChoosing: Bool { chosen != nil }
  /// There is something to put into a setlist.
  public var canAddToSetlist: Bool { chosen?.isEmpty == false }
  /// It is among those that are chosen.
  public func isChosen(_ row: SongRow) -> Bool { chosen?.contains(row.id) == true }
  /// The person wants to choose songs.
  public func chooseTapped() { chosen = [] }
  /// The person wants a song, or does not want it after all.
  public func tapped(_ row: SongRow) {
    if isChosen(row) { chosen?.removeAll { $0 == row.id } } else { chosen?.append(row.id) }
  }
  /// The person does not want to choose after all.
  public func chooseCancelled() { chosen = nil }
  /// The person has chosen songs, or one of them: it is asked for which setlist.
  public func addToSetlistTapped(_ row: SongRow? = nil) {
    guard let band = shell.bands.chosen?.id, let songs = row.map({ [$0.id] }) ?? chosen else { return }
    chosen = nil
    shell.router.sheet = .intoSetlist(songs, of: band)
  }
  /// The person wants to bring songs from files.
  public func importTapped() { shell.router.sheet = shell.bands.chosen.map { .importSongs($0.id) } }

  /// Asks with what the titles begin, whenever the list is another.
  public func followLetters() async {
    guard let query, order == .title || order == .artist else { return letters = [] }
    // What cannot be read is told by the list.
    letters = (try? await shell.core.songLetters(query)) ?? []
  }
  /// The list changed, so the letters may be others.
  public var lettersOf: SongLetters? { query.map { SongLetters(query: $0, rows: rows.count) } }
  /// The person jumps to a letter: the list is read up to there.
  public func jumped(to letter: Letter) { songs.reach(letter.index) { self.goal = $0 } }

  /// A row's dot. Everything counts as read while that can still be taken back.
  public func isNew(_ row: SongRow) -> Bool { row.isUnread && !isAllRead }

  /// Follows what is asked now, until the task is cancelled. What was on screen stays until the new list is there, but for
  /// that of another band.
  public func follow(_ query: SongQuery?) async { await songs.follow(query, shell) }

  /// Another band begins with nothing: a list never has another band's name above it.
  public func bandChanged() {
    songs.reset()
    (isAllRead, chosen) = (false, nil)
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
