import Fakes
import Foundation
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SongScreenTests {
  let core = FakeCore()
  let shell: Shell

  init() {
    shell = Shell(core, kept: FakeKept(["places": "songs\nsongs song/Hello"]))
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    core.songs.tell([.reset(Samples.songs)])
  }

  private func changed(_ field: String, _ from: Json, _ to: Json) -> SeenChange {
    SeenChange(field: field, from: from, to: to, by: nil, byName: "Sam", at: nil)
  }

  @Test func aSongOpensAgainWhereOneWasAndSaysWhatIsKnown() async throws {
    core.know(nil, last: LastChange(by: nil, byName: "Sam", at: Date(timeIntervalSince1970: 0)))
    core.song.tell(Samples.song("Hello", artist: "Adele", key: "Fm", tempo: 79, duration: 295, pending: true))
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "Changed by Sam")
    #expect(host.has("Artist Adele Key Fm Tempo (BPM) 79 Length 4:55"))
    #expect(host.has("Not sent yet"))
    #expect(!core.calls.contains("read song Hello"))
    #expect(host.problems.isEmpty)
    for (key, kinds) in host.keys { #expect(Texts.holes[key] == kinds, "\(key)") }
  }

  @Test func whatChangedIsShownUntilItIsDismissedAndReadAtOnce() async throws {
    core.know(
      ChangesSinceSeen(
        fields: [changed("key", "Fm", "Em"), changed("duration", .null, 225), changed("band", "a", "b")], steps: []))
    core.song.tell(Samples.song("Hello", key: "Em", unread: true))
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "Changed since you looked")
    #expect(host.has("Key Fm Em Sam Length 3:45 Sam Done"))
    try await host.wait("the mark") { core.calls.contains("read song Hello") }
    // Read again, with nothing new: what was different stays.
    core.know(nil)
    core.song.tell(Samples.song("Hello", key: "Em", tempo: 80, unread: true))
    try await host.wait("the second mark") { core.calls == ["read song Hello", "read song Hello"] }
    #expect(host.has("Changed since you looked") && host.has("80"))
    try host.tap("Done")
    #expect(!host.has("Changed since you looked"))
  }

  @Test func aSongShowsItsLinksAndLeadsToItsHistory() async throws {
    core.ofNotices.row = Samples.linked
    core.know(history: [
      Samples.logged(.changed, by: "Sam", [FieldChange(field: "key", from: "Fm", to: "Em", known: true)]),
      Samples.logged(.added, by: nil),
    ])
    core.song.tell(Samples.song("Hello"))
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "Links Recording Live in Berlin")
    try host.tap("History")
    try await host.wait(for: "Changed by Sam Key Fm Em")
    #expect(host.has("Added"))
  }

  @Test func aSongIsCopiedToWhatIsOnesOwnAndMovedThere() async throws {
    core.bands.tell([.reset([Samples.band(mayManage: true)])])
    core.song.tell(Samples.song("Hello"))
    let host = screen(ShellScreen(shell: shell))
    try await host.wait("the song") { (try? host.isEnabled("Copy it to another band")) == true }
    for (act, said, call) in [
      ("Copy it to another band", "Copied to your own songs", "copy"),
      ("Move it to another band", "Moved to your own songs", "move"),
    ] {
      try host.tap(act)
      try await host.wait("the bands") { (try? host.isEnabled("Mine")) == true && !host.has("The Loops") }
      try host.tap("Mine")
      try await host.wait(for: said)
      #expect(core.calls.last == "\(call) Hello to \(ScopeId(of: Samples.me))")
    }
  }

  @Test func deleteLeadsBackAndIsTakenBack() async throws {
    core.song.tell(Samples.song("Hello"))
    let host = screen(ShellScreen(shell: shell))
    try await host.wait("the song") { (try? host.isEnabled("Delete")) == true }
    try host.tap("Delete")
    try await host.wait(for: "Deleted “Hello”")
    #expect(shell.router.path(of: .songs).isEmpty)
    try host.tap("Undo")
    try await host.wait("the restored song") { core.calls.last == "restore song Hello in \(Samples.scope)" }
  }

  @Test func aSongThatIsGoneSaysSoAndAViewerDeletesNothing() async throws {
    core.bands.tell([.reset([Samples.band(mayEdit: false)])])
    core.song.tell(Samples.song("Hello", key: "Em"))
    let host = screen(ShellScreen(shell: shell))
    try await host.wait("the song and its band") { host.has("Key Em") && shell.bands.chosen?.name != nil }
    #expect(throws: ScreenError.self) { try host.tap("Delete") }
    #expect(throws: ScreenError.self) { try host.tap("Edit") }
    try await host.wait("its text") { (try? host.isEnabled("Share as text")) == true }
    core.song.tell(nil)
    try await host.wait(for: "This song is not here any more")
  }
}
