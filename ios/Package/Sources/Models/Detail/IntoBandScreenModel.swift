import Observation
import RockOnCore

/// Asks to which band a song is copied or moved.
@MainActor @Observable public final class IntoBandScreenModel {
  /// It is not here any more then.
  public let moves: Bool
  private let song: RowId
  private let home: ScopeId
  private let shell: Shell

  /// For a song of a band, or of the person's own.
  public init(_ song: RowId, from home: ScopeId, moves: Bool, _ shell: Shell) {
    (self.song, self.home, self.moves, self.shell) = (song, home, moves, shell)
  }

  /// Where the person may write, but for where it is.
  public var bands: [BandChoice] { shell.bands.others(than: home) }

  /// The person chose one. It can be taken back by the bar.
  public func tapped(_ band: BandChoice) async {
    let (core, song, home) = (shell.core, song, home)
    closeTapped()
    await shell.attempt {
      if moves {
        _ = try await core.moveSong(song, to: band.id)
        shell.tell(.movedSong(to: band.name)) { _ = try await core.moveSong(song, to: home) }
      } else {
        let copy = try await core.copySong(song, to: band.id)
        shell.tell(.copiedSong(to: band.name)) { try await core.delete(.song, copy) }
      }
    }
  }

  /// To none.
  public func closeTapped() { shell.router.sheet = nil }
}
