import Observation
import RockOnCore

/// Chooses songs of the library for a setlist. What was chosen stays chosen while one searches on, and outlives the process.
@MainActor @Observable public final class AddSongsScreenModel {
  /// Songs that can be added, the first of them, in the core's order.
  public var rows: [SongRow] { songs.rows }
  /// Those that were chosen, in the order in which they are added.
  public private(set) var chosen: [RowId]
  /// Why there are none, or why it was not done.
  public var failure: RockOnError? { refused ?? songs.failure }
  /// What was typed.
  public var search = ""
  private var list: Setlist?
  private var isBusy = false
  private var refused: RockOnError?
  private let songs = SongRows()
  private let id: RowId
  private let shell: Shell

  /// For a setlist, with what was chosen and not added the last time.
  public init(_ id: RowId, _ shell: Shell) {
    (self.id, self.shell) = (id, shell)
    chosen = (shell.kept.read("add/\(id)") ?? "").split(separator: "\n").map { RowId(String($0)) }
  }

  /// What the core is asked; nothing until the setlist's band is known.
  public var query: SongQuery? {
    list.map { SongQuery(scope: $0.scope, search: search, limit: SongRows.page) }
  }
  /// How many are added by the button, which does nothing for none.
  public var number: Int { chosen.count }
  public var canAdd: Bool { !chosen.isEmpty && !isBusy }

  /// It is in the setlist already; it can be added once more.
  public func isThere(_ row: SongRow) -> Bool {
    list?.items.contains { if case .song(row.id, _, _, _, _, _, _) = $0.body { true } else { false } } == true
  }

  /// It is among those that were chosen.
  public func isChosen(_ row: SongRow) -> Bool { chosen.contains(row.id) }

  /// Follows the setlist until the task is cancelled.
  public func followSetlist() async {
    await shell.follow({ try shell.core.watchSetlist(id) }, failed: { refused = $0 }) { list = $0 }
  }

  /// Follows what is asked now, until the task is cancelled.
  public func follow(_ query: SongQuery?) async { await songs.follow(query, shell) }

  /// This row is on screen: the list grows before its end is.
  public func reached(_ row: SongRow) { songs.reached(row) }

  /// The person chose a song, or does not want it after all.
  public func tapped(_ row: SongRow) {
    if isChosen(row) { chosen.removeAll { $0 == row.id } } else { chosen.append(row.id) }
    keep()
  }

  /// The person has chosen. It can be taken back by the bar.
  public func addTapped() async {
    guard canAdd else { return }
    isBusy = true
    defer { isBusy = false }
    let (core, id, name) = (shell.core, id, list?.name ?? "")
    do throws(RockOnError) {
      let added = try await core.addSongs(chosen, to: id)
      closeTapped()
      shell.tell(.addedSongs(added.count, to: name)) { for item in added { try await core.removeItem(id, item) } }
    } catch {
      refused = error
    }
  }

  /// Nothing is added.
  public func closeTapped() {
    chosen = []
    keep()
    shell.router.sheet = nil
  }

  private func keep() {
    shell.kept.write(chosen.isEmpty ? nil : chosen.map(\.text).joined(separator: "\n"), for: "add/\(id)")
  }
}
