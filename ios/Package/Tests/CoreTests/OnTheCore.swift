import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

/// Screens on the real core, against a server that runs for the test.
@MainActor
@Suite(
  .serialized, .enabled(if: World.address != nil, "ROCKON_SCENARIO_SERVER is not set"), .timeLimit(.minutes(2)))
struct OnTheCore {
  func withEric(_ work: (RockOn, Shell, SwiftUI.Host) async throws -> Void) async throws {
    let world = try await World.open()
    do {
      let client = try await world.phone("eric")
      let shell = Shell(client, kept: FakeKept(["places": "songs"]))
      shell.bands.chose(ScopeId(world.band))
      try await work(client, shell, SwiftUI.Host(ShellScreen(shell: shell)))
      try await client.shutdown()
    } catch {
      Issue.record(error)
    }
    await world.close()
  }

  struct Opened: Door {
    let client: RockOn
    func open() async throws(RockOnError) -> any Core { client }
    func close() async throws(RockOnError) {}
  }

  @Test func whoSignsInSeesTheirBand() async throws {
    let world = try await World.open()
    let client = try await world.phone()
    let host = SwiftUI.Host(AppScreen(app: AppModel(Opened(client: client), kept: FakeKept(["places": "songs"]))))
    try await host.wait("the way in", .seconds(20)) { host.has("welcome.sign_in") }
    try host.type("eric@rock-on.test", in: "welcome.email")
    try host.type(world.password, in: "welcome.password")
    try host.tap("welcome.sign_in")
    try await host.wait("the tabs", .seconds(30)) { host.has("app.tab_songs") }
    try host.tap("app.tab_songs")
    try await host.wait("the band's songs", .seconds(30)) {
      host.has("app.tab_songs") && host.outline.contains("swipe[")
    }
    try await client.shutdown()
    await world.close()
  }

  @Test func aSongAddedOfflineIsMarkedAndSentWhenTheNetworkIsBack() async throws {
    try await withEric { client, shell, host in
      try await host.wait("the band", .seconds(20)) { shell.bands.chosen?.name != nil }
      client.setNetwork(false)
      try await host.wait("offline", .seconds(20)) { host.has("app.strip_offline") }
      let band = try #require(shell.bands.chosen?.id)
      try await client.add(SongDraft { $0.title = "Typed In A Train" }, to: band)
      try await host.wait("the unsent mark", .seconds(20)) { host.has("Typed In A Train app.unsent") }
      client.setNetwork(true)
      try await host.wait("the sent song", .seconds(30)) {
        host.has("Typed In A Train") && !host.has("app.unsent")
      }
    }
  }

  @Test func aSongTypedOfflineInTheEditorIsThereAtOnceAndSentLater() async throws {
    try await withEric { client, shell, host in
      try await host.wait("the band", .seconds(20)) { shell.bands.chosen?.name != nil }
      client.setNetwork(false)
      try host.tap("songs.add")
      try host.type("Written On The Bus", in: "song.title")
      try host.type("4:05", in: "song.duration")
      try host.tap("app.save")
      try await host.wait("its page", .seconds(20)) { host.has("song.duration 4:05") && host.has("app.unsent") }
      client.setNetwork(true)
      try await host.wait("the sent song", .seconds(30)) { host.has("song.duration 4:05") && !host.has("app.unsent") }
    }
  }

  @Test func theCoreSearchesAndASwipeIsTakenBack() async throws {
    try await withEric { client, shell, host in
      try await host.wait("the band", .seconds(20)) { shell.bands.chosen?.name != nil }
      let band = try #require(shell.bands.chosen?.id)
      try await client.add(SongDraft { $0.title = "Zebra Crossing" }, to: band)
      try host.type("zebra", in: "songs.search")
      try await host.wait("the found one alone", .seconds(20)) {
        host.outline.components(separatedBy: "swipe[").count == 2
      }
      try host.tap("app.delete")
      try await host.wait("an empty list and the bar", .seconds(20)) {
        host.has("app.nothing_found") && host.has("app.undo")
      }
      try host.tap("app.undo")
      try await host.wait("the song again", .seconds(30)) { host.has("Zebra Crossing") }
    }
  }
}
