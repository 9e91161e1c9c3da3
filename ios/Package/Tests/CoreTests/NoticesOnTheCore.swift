import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

extension OnTheCore {
  /// Eric's screens, and Sam's phone in the same world; both have a song of this key.
  private func withSam(_ work: (RockOn, Shell, SwiftUI.Host, RockOn, RowId) async throws -> Void) async throws {
    let world = try await World.open()
    do {
      let (eric, sam) = (try await world.phone("eric"), try await world.phone("sam"))
      let shell = Shell(eric, kept: FakeKept(["places": "notices"]))
      let host = SwiftUI.Host(ShellScreen(shell: shell))
      let song = try await sam.add(SongDraft { ($0.title, $0.key) = ("Both Of Us", "C") }, to: ScopeId(world.band))
      try await until("the song here") { try await eric.row(.song, song) != nil }
      try await work(eric, shell, host, sam, song)
      try await eric.shutdown()
      try await sam.shutdown()
    } catch {
      Issue.record(error)
    }
    await world.close()
  }

  func until(_ what: String, _ done: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(30)
    while try await !done() {
      try #require(ContinuousClock.now < end, "waited in vain: \(what)")
      await Task.yield()
    }
  }

  @Test func aConflictIsToldAndSettledByTheOthersValue() async throws {
    try await withSam { eric, shell, host, sam, song in
      try await host.wait("the notice of it", .seconds(30)) { host.has("Both Of Us") }
      eric.setNetwork(false)
      try await eric.change(song, SongDraft { $0.key = "Em" })
      try await sam.change(song, SongDraft { $0.key = "G" })
      try await until("sent") { try await sam.statusNow()?.outbox.unsent == 0 }
      eric.setNetwork(true)
      try await host.wait("the conflict", .seconds(30)) { host.has("notices.waiting conflict.hint") }
      var conflicts = try eric.conflicts().makeAsyncIterator()
      guard case .value(let changes)? = await conflicts.next(), case .reset(let all)? = changes.first else {
        throw Missing()
      }
      shell.router.go(to: .conflict(try #require(all.first).id))
      try await host.wait("both values", .seconds(20)) {
        host.has("conflict.mine Em conflict.live") && host.has("conflict.theirs G")
      }
      try host.tap("conflict.take_theirs")
      try await host.wait("its end", .seconds(20)) { host.has("conflict.resolved") && !host.has("notices.waiting") }
      #expect(try await eric.row(.song, song)?["key"] == "G")
    }
  }

  @Test func whatAViewerTriedIsRefusedAndLetGo() async throws {
    let world = try await World.open()
    let toni = try await world.phone("toni")
    let shell = Shell(toni, kept: FakeKept(["places": "notices"]))
    let host = SwiftUI.Host(ShellScreen(shell: shell))
    // No screen offers this: the role was another one a moment ago.
    try await toni.add(SongDraft { $0.title = "Not Mine To Add" }, to: ScopeId(world.band))
    try await host.wait("the refusal", .seconds(30)) { host.has("notices.waiting") && host.has("Not Mine To Add") }
    var edits = try toni.rejectedEdits().makeAsyncIterator()
    guard case .value(let changes)? = await edits.next(), case .reset(let all)? = changes.first else { throw Missing() }
    shell.router.go(to: .rejected(try #require(all.first).id))
    try await host.wait("what was tried", .seconds(20)) { host.has("rejected.tried Not Mine To Add") }
    #expect(!host.has("rejected.try_again"))
    try host.tap("rejected.discard")
    try host.tap("rejected.discard")
    try await host.wait("its end", .seconds(20)) { !host.has("notices.waiting") && host.has("rejected.discarded") }
    try await toni.shutdown()
    await world.close()
  }

  struct Missing: Error {}
}
