import Observation
import RockOnCore

/// Asks into which setlist songs of the library go.
@MainActor @Observable public final class IntoSetlistScreenModel {
  /// Those that are in use, in the core's order.
  public private(set) var rows: [SetlistRow] = []
  /// They are read; there may be none.
  public private(set) var isLoaded = false
  /// Why there are none, or why it was not done.
  public private(set) var failure: RockOnError?
  private var isBusy = false
  private let songs: [RowId]
  private let band: ScopeId
  private let shell: Shell

  /// For these songs of a band, in this order.
  public init(_ songs: [RowId], of band: ScopeId, _ shell: Shell) {
    (self.songs, self.band, self.shell) = (songs, band, shell)
  }

  /// Follows the setlists until the task is cancelled.
  public func follow() async {
    let query = SetlistQuery(scope: band, archived: false)
    await shell.follow({ try shell.core.watchSetlists(query) }, failed: { failure = $0 }) { changes in
      rows.apply(changes.map { $0.map(SetlistRow.init) })
      isLoaded = true
    }
  }

  /// The person chose one. It can be taken back by the bar.
  public func tapped(_ row: SetlistRow) async {
    guard !isBusy else { return }
    isBusy = true
    defer { isBusy = false }
    let core = shell.core
    do throws(RockOnError) {
      let added = try await core.addSongs(songs, to: row.id)
      shell.router.sheet = nil
      shell.tell(.addedSongs(added.count, to: row.name)) {
        for item in added { try await core.removeItem(row.id, item) }
      }
    } catch {
      failure = error
    }
  }

  /// Into none.
  public func closeTapped() { shell.router.sheet = nil }
}
