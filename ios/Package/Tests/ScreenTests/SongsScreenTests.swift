import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SongsScreenTests {
  let core = FakeCore()
  let shell: Shell

  init() {
    shell = Shell(core, kept: FakeKept(["places": "songs"]))
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    core.songs.tell([.reset(Samples.songs)])
  }

  private func shown() async throws -> Host {
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "Roxanne")
    return host
  }

  @Test func aRowSaysWhatOneNeeds() async throws {
    let host = try await shown()
    #expect(host.has("Hello Adele Fm 79 BPM 4:55"))
    #expect(host.has("Not looked at yet Hello"))
    #expect(host.has("Roxanne The Police Not sent yet"))
  }

  @Test func typingAsksTheCoreAndNothingFoundIsSaid() async throws {
    let host = try await shown()
    try host.type("zz", in: "Title, artist or notes")
    try await host.wait("the question") { core.queries.last?.search == "zz" }
    core.songs.tell([.reset([])])
    try await host.wait(for: "Nothing found for “zz”")
  }

  @Test func sortingAndFilteringAskTheCore() async throws {
    let host = try await shown()
    try host.tap("Recently changed")
    try await host.wait("the order") { core.queries.last?.order == .newest }
    try host.tap("New for me")
    try await host.wait("the filter") { core.queries.last?.unreadOnly == true && core.queries.last?.mineOnly == false }
    try host.tap("My own")
    try await host.wait("the other filter") { core.queries.last?.mineOnly == true }
  }

  @Test func aSwipeDeletesAndTheBarTakesItBack() async throws {
    core.songs.tell([.reset([Samples.song("Hello")])])
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "Hello")
    try host.tap("Delete")
    try await host.wait(for: "Deleted “Hello”")
    try host.tap("Undo")
    try await host.wait("the restored song") { core.calls.last == "restore song Hello in \(Samples.scope)" }
    try await host.wait("the end of the bar") { !host.has("Deleted") }
  }

  @Test func aViewerIsOfferedNoEdit() async throws {
    core.bands.tell([.reset([Samples.band(mayEdit: false)])])
    let host = try await shown()
    #expect(throws: ScreenError.self) { try host.tap("Add song") }
    #expect(!host.outline.contains("swipe["))
  }

  @Test func addOpensANewSongOfTheBand() async throws {
    let host = try await shown()
    try host.tap("Add song")
    #expect(shell.router.sheet == .new(.song, Samples.scope))
  }

  @Test func anotherBandHasAnotherList() async throws {
    let host = try await shown()
    try host.tap("Mark all as read")
    #expect(!host.has("Not looked at yet"))
    try host.tap("Mine")
    try await host.wait("the question") { core.queries.last?.scope == ScopeId(of: Samples.me) }
    // All was read of the other band alone.
    try await host.wait(for: "Not looked at yet")
  }

  @Test func tabsStripAndLinks() async throws {
    core.unseen.tell(3)
    core.status.tell(Samples.status(network: false, unsent: 1))
    let host = try await shown()
    try await host.wait(for: "1 change not sent yet")
    #expect(host.has("Offline"))
    #expect(host.outline.contains("(3)"))
    try host.tap("Calendar")
    #expect(shell.router.tab == .calendar)
    host.open(try #require(URL(string: "rockon://join/ABCD2345")))
    #expect(shell.router.sheet == .join(code: "ABCD2345"))
  }

  @Test func songsAreChosenAndPutIntoASetlist() async throws {
    core.ofSetlists.lists.tell([.reset([Samples.setlist("Club")])])
    let host = try await shown()
    try host.tap("Choose songs")
    #expect(try !host.isEnabled("Add to setlist"))
    try host.tap("Creep Radiohead G 92 BPM 3:56")
    try host.tap("Add to setlist")
    try await host.wait(for: "Club")
    try host.tap("Club 0 songs")
    try await host.wait(for: "1 song added to “Club”")
  }

  @Test func filesAreReadAndTheirSongsImported() async throws {
    let host = try await shown()
    try host.tap("Import songs")
    try host.tap("Choose files")
    try host.choose([URL(filePath: "/known.csv"), URL(filePath: "/new.csv")])
    try await host.wait(for: "2 songs found")
    for text in ["1 is there already", "Ignored columns: Mood, Year", "known.csv, line 7: It has no title."] {
      #expect(host.has(text), "\(text)")
    }
    try host.tap("Import 1 song")
    try await host.wait(for: "2 songs imported")
    #expect(core.calls.last == "import 2, skip what is there")
  }
}
