import Fakes
import Gallery
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SetlistScreenTests {
  let core = FakeCore()
  let device = FakeDevice()
  let shell: Shell

  init() {
    shell = Shell(core, kept: FakeKept(["places": "setlists\nsetlists setlist/Club"]), device: device)
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    core.songs.tell([.reset(Samples.songs)])
    core.ofSetlists.list.tell(Samples.setlist("Club", songs: 3, items: SetlistGallery.items, untimed: 2))
  }

  private func shown() async throws -> Host {
    let host = screen(ShellScreen(shell: shell))
    try await host.wait("the setlist and what may be done") {
      host.has("2 songs have no length") && !shell.bands.all.isEmpty
    }
    return host
  }

  @Test func eachItemSaysWhatItIs() async throws {
    let host = try await shown()
    for text in [
      "1 Hello Fm 4:55 Count in, then wait for the drums", "Break, 20 min Sell shirts", "Encore", "3 Deleted song",
      "Unknown item: update the app",
    ] { #expect(host.has(text), "\(text)") }
  }

  @Test func aDragAndTheActsOfTheScreenReaderMoveAnItem() async throws {
    let host = try await shown()
    try host.move("1 Hello", to: 3)
    try await host.wait("it is moved") { core.calls.last == "move Hello \(ItemPlace.after(item: "encore"))" }
    try host.tap("Move to the top", of: "2 Creep G")
    try await host.wait("it is moved") { core.calls.last == "move Creep \(ItemPlace.first)" }
  }

  @Test func aSwipeTakesOutAndTheBarPutsBack() async throws {
    let host = try await shown()
    try host.tap("Remove", of: "1 Hello")
    try await host.wait(for: "Took “Hello” out")
    try host.tap("Undo")
    try await host.wait("it is back") { core.calls.last == "put back" }
  }

  @Test func songsAreChosenFromTheLibrary() async throws {
    let host = try await shown()
    try host.tap("Add songs")
    try await host.wait(for: "Roxanne")
    #expect(host.has("In this setlist already"))
    try host.tap("Creep Radiohead G 92 BPM 3:56 In this setlist already")
    try host.tap("Add 1 song")
    try await host.wait(for: "1 song added to “Club”")
  }

  @Test func aHeadingHasAName() async throws {
    let host = try await shown()
    try host.tap("Add section")
    try host.type("Encore 2", in: "Name of the section")
    try host.tap("Save")
    try await host.wait("it is there") { core.calls.last == "add section Encore 2 to Club" }
  }

  @Test func itGetsAnotherName() async throws {
    let host = try await shown()
    try host.tap("edit-setlist")
    try await host.wait("its name") { (try? host.value("Name")) == "Club" }
    try host.type("Barn", in: "Name")
    try host.tap("Save")
    try await host.wait("it is written") { core.calls.last == "change setlist Club: name" }
  }

  @Test func anItemHasNotesOfItsOwn() async throws {
    let host = try await shown()
    try host.tap("Edit", of: "1 Hello")
    try await host.wait("what is there") {
      (try? host.value("Notes for this gig")) == "Count in, then wait for the drums"
    }
    try host.type("No count", in: "Notes for this gig")
    try host.tap("Save")
    try await host.wait("it is written") { core.calls.last == "set Hello to No count" }
  }

  @Test func itIsPrintedAndPlayed() async throws {
    let host = try await shown()
    try host.tap("Print")
    try await host.wait("it is printed") { device.copied == ["printed Club: the setlist as HTML"] }
    try host.tap("Start gig")
    try await host.wait("it is started") { core.calls.last == "start Club" }
  }

  @Test func aViewerMayLookAndPlay() async throws {
    core.bands.tell([.reset([Samples.band(mayEdit: false)])])
    let host = try await shown()
    for act in ["Edit", "Add songs", "Add break", "Add section"] { #expect(!host.has(act), "\(act)") }
    // What is behind a swipe or the screen reader's is not read on screen.
    #expect(!host.outline.contains("swipe[") && !host.outline.contains("actions["))
    #expect(throws: ScreenError.self) { try host.move("1 Hello", to: 3) }
    #expect(host.has("Start gig"))
  }
}

@MainActor @Suite(.timeLimit(.minutes(1)))
struct GigScreenTests {
  let core = FakeCore()
  let device = FakeDevice()
  let shell: Shell

  init() {
    shell = Shell(core, kept: FakeKept(["places": "setlists"]), device: device)
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    core.gig.tell(Samples.gig(GigGallery.pages, left: 754))
  }

  private func shown() async throws -> Host {
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "1 of 4")
    return host
  }

  @Test func aPageIsReadInTwoSeconds() async throws {
    let host = try await shown()
    for text in ["Set 1", "Hello", "Adele", "Fm · capo 3", "79 BPM", "12:34 left"] {
      #expect(host.has(text), "\(text)")
    }
    #expect(host.has("Next: Break, 20 min"))
    try host.tap("Next")
    try await host.wait(for: "Break: 20:00 left")
    #expect(host.has("Next: Deleted song"))
  }

  @Test func pedalsAndFingersTurnThePage() async throws {
    let host = try await shown()
    host.press(.pageDown)
    try await host.wait(for: "2 of 4")
    host.press(.pageDown, .repeat)
    host.press(.leftArrow)
    try await host.wait(for: "1 of 4")
    try host.tap("Next")
    try await host.wait(for: "2 of 4")
    #expect(core.calls == ["turn to 1", "turn to 0", "turn to 1"])
  }

  @Test func theJumpListLeadsToAPage() async throws {
    let host = try await shown()
    try host.tap("1 of 4")
    try await host.wait(for: "4 Encore")
    try host.tap("4 Encore")
    try await host.wait(for: "4 of 4")
    #expect(host.has("Last one"))
  }

  @Test func aNewerVersionIsLookedAtAndTaken() async throws {
    let update = GigUpdate(
      by: ["Eric"], steps: [.removed(item: .song(title: "Creep"), at: 2)], added: 0, removed: 1, isReordered: false,
      isDeleted: false)
    core.gig.tell(Samples.gig(GigGallery.pages, newer: update))
    let host = try await shown()
    try host.tap("Eric +0 −1")
    try await host.wait(for: "− Creep")
    try host.tap("Take the new version")
    try await host.wait(for: "Roxanne")
    #expect(host.has("1 of 1"))
  }

  @Test func theGigEndsByTwoTouches() async throws {
    let host = try await shown()
    try host.tap("End gig")
    try await host.wait(for: "Notices come again after that.")
    try host.tap("End gig")
    try await host.wait("the app is there again") { !host.has("1 of 4") && host.has("Setlists") }
    #expect(core.calls == ["end gig"] && !device.isAwake)
  }
}
