import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

/// A long library on screen: what is drawn and asked again.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct LongListTests {
  let core = FakeCore()

  private func shown(_ count: Int) async throws -> Host {
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    core.songs.tell([.reset((0..<count).map { Samples.song("Song \($0)") })])
    let host = screen(ShellScreen(shell: Shell(core, kept: FakeKept(["places": "songs"]))))
    try await host.wait(for: "Song \(count - 1)")
    host.countBodies()
    return host
  }

  @Test func whatSomebodyElseChangesDrawsOneRow() async throws {
    let host = try await shown(200)
    core.songs.tell([.update(Samples.song("Song 150", key: "Em"), at: 150)])
    try await host.wait(for: "Song 150 Em")
    #expect(host.bodies["SongLink"] == 1 && host.bodies["SongLine"] == 1)
    core.songs.tell([.insert(Samples.song("Alive"), at: 0)])
    try await host.wait(for: "Alive")
    #expect(host.bodies["SongLink"] == 2 && host.bodies["SongLine"] == 2)
    core.songs.tell([.remove(at: 0)])
    core.status.tell(Samples.status(unsent: 1))
    try await host.wait(for: "1 change not sent yet")
    #expect(!host.has("Alive") && host.bodies["SongLink"] == 2 && host.bodies["SongLine"] == 2)
  }

  @Test func aKeyInTheSearchAsksTheCoreOnceAndDrawsNoRowThatStays() async throws {
    let host = try await shown(100)
    let asked = core.queries.count
    for text in ["s", "so", "son"] {
      try host.type(text, in: "Title, artist or notes")
      try await host.wait("the question") { core.queries.last?.search == text }
    }
    #expect(core.queries.count == asked + 3)
    #expect(host.bodies["SongLine"] == nil && host.bodies["SongLink"] == nil)
  }
}
