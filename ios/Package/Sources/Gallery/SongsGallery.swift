import Fakes
import Foundation
import Models
import RockOnCore
import Screens
import SwiftUI

/// The states of the list of songs.
@MainActor public enum SongsGallery {
  /// All of them.
  public static var shots: [Shot] {
    [
      shot("songs, empty") { $0.songs.tell([.reset([])]) },
      shot("songs, opening") { _ in },
      shot("songs, loading first sync") { core in
        core.status.tell(Samples.status(isSynced: false))
        core.songs.tell([.reset(Array(Samples.songs.prefix(1)))])
      },
      shot("songs, normal") { $0.songs.tell([.reset(Samples.songs)]) },
      shot("songs, long") { $0.songs.tell([.reset(long)]) },
      shot("songs, offline with unsent") { core in
        core.status.tell(Samples.status(network: false, unsent: 2))
        core.songs.tell([.reset(Samples.songs)])
      },
      shot("songs, nothing found", kept: ["songs.search": "zz"]) { $0.songs.tell([.reset([])]) },
      shot("songs, viewer", mayEdit: false) { $0.songs.tell([.reset(Samples.songs)]) },
      shot("songs, viewer, empty", mayEdit: false) { $0.songs.tell([.reset([])]) },
      staged("songs, to be put into a setlist", at: "songs", sheet: .intoSetlist([RowId("Hello")], of: Samples.scope)) {
        $0.ofSetlists.lists.tell([.reset(SetlistsGallery.lists)])
      },
      staged("songs, to be put into a setlist, none", at: "songs", sheet: .intoSetlist([], of: Samples.scope)) {
        $0.ofSetlists.lists.tell([.reset([])])
      },
      staged("import", at: "songs", sheet: .importSongs(Samples.scope)),
      imported("import, what was found", ["known.csv", "broken.csv", "lost"]),
      imported("import, nothing new", ["known.csv"]),
      shot("songs, error of the local database") { $0.songs.fail(.Storage(failure: .unreadable)) },
      shot("songs, signed out under it") { core in
        let account = Account(user: Samples.me, email: nil)
        core.status.tell(Samples.status(unsent: 1, session: .needsSignIn(account: account, reason: .sessionExpired)))
        core.songs.tell([.reset(Samples.songs)])
      },
    ]
  }

  private static func imported(_ name: String, _ files: [String]) -> Shot {
    let model = ImportScreenModel(Samples.scope, Shell(FakeCore(), kept: FakeKept()))
    Task { await model.chose(.success(files.map { URL(filePath: "/\($0)") })) }
    return Shot(name: name, view: AnyView(ImportScreen(model: model)))
  }

  /// Many rows, long names, other scripts.
  private static var long: [Song] {
    [Samples.song(String(repeating: "Long ", count: 60), artist: "שלום עולם"), Samples.song("🎸🤘🏽", artist: "👩‍🎤")]
      + (0..<300).map { Samples.song("Song \($0)", tempo: 120) }
  }

  private static func shot(
    _ name: String, mayEdit: Bool = true, kept: [String: String] = [:], _ tell: (FakeCore) -> Void
  ) -> Shot {
    let core = FakeCore()
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band(mayEdit: mayEdit)])])
    tell(core)
    let shell = Shell(core, kept: FakeKept(["places": "songs"].merging(kept) { $1 }))
    return Shot(name: name, view: AnyView(ShellScreen(shell: shell)))
  }
}

/// The states of one song and of its editor.
@MainActor public enum SongGallery {
  /// All of them.
  public static var shots: [Shot] {
    [
      shot("song", Samples.song("Hello", artist: "Adele", key: "Fm", tempo: 79, duration: 295, pending: true)),
      shot("song, changed since looked", Samples.song("Hello", key: "Em", unread: true)),
      shot("song, that is gone", nil),
      staged("song, with links", at: here) { core in
        core.ofNotices.row = Samples.linked
        core.song.tell(Samples.song("Hello"))
      },
      staged("song, to be copied", at: here, sheet: .intoBand(hello, from: Samples.scope, moves: false)),
      staged("song, to be moved", at: here, sheet: .intoBand(hello, from: ScopeId(of: Samples.me), moves: true)),
      staged("history of a song", at: "\(here) history/Hello") { core in
        let key = FieldChange(field: "key", from: "Fm", to: "Em", known: true)
        let verbs = [Verb.restored, .deleted, .moved, .changed].map { Samples.logged($0, by: "Sam", [key]) }
        core.know(history: verbs + [Samples.logged(.added, by: "Sam"), Samples.logged(.changed, by: nil, [key])])
        core.song.tell(Samples.song("Hello"))
      },
      staged("history of a song, empty", at: "\(here) history/Hello") { $0.song.tell(Samples.song("Hello")) },
      staged("history of a song, error of the local database", at: "\(here) history/Hello") {
        $0.song.fail(.Storage(failure: .unreadable))
      },
      shot("editor", Samples.song("Hello", key: "Em"), sheet: .edit(.song, RowId("Hello"))),
      shot(
        "editor, with a bandmate's value", Samples.song("Hello", key: "Em"), sheet: .edit(.song, RowId("Hello")),
        kept: ["edit/song/Hello/key": "Gm", "edit/song/Hello/key.base": "Fm"]),
      shot(
        "editor, of a deleted song", nil, sheet: .edit(.song, RowId("Hello")),
        kept: ["edit/song/Hello/key": "Gm", "edit/song/Hello/key.base": "Fm"]),
      shot("editor, of a new song", nil, sheet: .new(.song, Samples.scope)),
    ]
  }

  private static let hello = RowId("Hello")
  private static let here = "songs\nsongs song/Hello"

  private static func shot(_ name: String, _ song: Song?, sheet: Sheet? = nil, kept: [String: String] = [:]) -> Shot {
    let core = FakeCore()
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    core.songs.tell([.reset(Samples.songs)])
    core.song.tell(song)
    let change = SeenChange(field: "key", from: "Fm", to: "Em", by: nil, byName: "Sam", at: nil)
    core.know(
      ChangesSinceSeen(fields: [change], steps: []),
      last: LastChange(by: nil, byName: "Sam", at: Date(timeIntervalSince1970: 0)))
    let places = ["places": here]
    let shell = Shell(core, kept: FakeKept(places.merging(kept) { $1 }))
    shell.router.sheet = sheet
    return Shot(name: name, view: AnyView(ShellScreen(shell: shell)))
  }
}

struct SongPreviews: PreviewProvider {
  static var previews: some View {
    ForEach(SongGallery.shots, id: \.name) { $0.view }
  }
}

struct SongsPreviews: PreviewProvider {
  static var previews: some View {
    ForEach(SongsGallery.shots, id: \.name) { $0.view }
  }
}
