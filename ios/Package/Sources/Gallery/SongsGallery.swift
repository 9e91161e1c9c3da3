import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI

/// A state of a screen, by its name: drawn by Xcode, and by a test in every language.
public struct Shot {
  /// What it shows.
  public let name: String
  /// The screen in that state, as soon as its feeds have told it.
  public let view: AnyView
}

/// The states of the list of songs.
@MainActor public enum SongsGallery {
  /// All of them.
  public static var shots: [Shot] {
    [
      shot("empty") { $0.songs.tell([.reset([])]) },
      shot("opening") { _ in },
      shot("loading first sync") { core in
        core.status.tell(Samples.status(isSynced: false))
        core.songs.tell([.reset(Array(Samples.songs.prefix(1)))])
      },
      shot("normal") { $0.songs.tell([.reset(Samples.songs)]) },
      shot("long") { $0.songs.tell([.reset(long)]) },
      shot("offline with unsent") { core in
        core.status.tell(Samples.status(network: false, unsent: 2))
        core.songs.tell([.reset(Samples.songs)])
      },
      shot("viewer", mayEdit: false) { $0.songs.tell([.reset(Samples.songs)]) },
      shot("viewer, empty", mayEdit: false) { $0.songs.tell([.reset([])]) },
      shot("error of the local database") { $0.songs.fail(.Storage(failure: .unreadable)) },
      shot("signed out under it") { core in
        let account = Account(user: Samples.me, email: nil)
        core.status.tell(Samples.status(unsent: 1, session: .needsSignIn(account: account, reason: .sessionExpired)))
        core.songs.tell([.reset(Samples.songs)])
      },
    ]
  }

  /// Many rows, long names, other scripts.
  private static var long: [Song] {
    [Samples.song(String(repeating: "Long ", count: 60), artist: "שלום עולם"), Samples.song("🎸🤘🏽", artist: "👩‍🎤")]
      + (0..<300).map { Samples.song("Song \($0)", tempo: 120) }
  }

  private static func shot(_ name: String, mayEdit: Bool = true, _ tell: (FakeCore) -> Void) -> Shot {
    let core = FakeCore()
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band(mayEdit: mayEdit)])])
    tell(core)
    let shell = Shell(core, kept: FakeKept(["places": "songs"]))
    return Shot(name: name, view: AnyView(ShellScreen(shell: shell)))
  }
}

struct SongsPreviews: PreviewProvider {
  static var previews: some View {
    ForEach(SongsGallery.shots, id: \.name) { $0.view }
  }
}
