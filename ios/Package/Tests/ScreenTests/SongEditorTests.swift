import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SongEditorTests {
  let core = FakeCore()
  let kept = FakeKept(["places": "songs"])
  let shell: Shell

  init() {
    shell = Shell(core, kept: kept)
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    core.songs.tell([.reset(Samples.songs)])
    core.song.tell(Samples.song("Hello", key: "Fm"))
  }

  private func editing(_ sheet: Sheet) async throws -> Host {
    shell.router.sheet = sheet
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "Save")
    return host
  }

  private func hello() async throws -> Host {
    let host = try await editing(.edit(.song, RowId("Hello")))
    try await host.wait("the song") { (try? host.value("Title")) == "Hello" }
    return host
  }

  @Test func aNewSongIsAddedAndOpened() async throws {
    let host = try await editing(.new(.song, Samples.scope))
    #expect(try !host.isEnabled("Save"))
    try host.type("Alive", in: "Title")
    try host.type("6:02", in: "Length")
    try host.tap("Save")
    try await host.wait("the new song") { shell.router.path(of: .songs) == [.song(RowId("new"))] }
    #expect(core.written == ["title": "Alive", "duration": 362])
    #expect(shell.router.sheet == nil && kept.read("edit/song/new/\(Samples.scope)/title") == nil)
  }

  @Test func whatCannotBeSavedIsSaidAtItsField() async throws {
    let host = try await editing(.new(.song, Samples.scope))
    try host.type("long", in: "Length")
    try host.type("fast", in: "Tempo (BPM)")
    try host.tap("Save")
    try await host.wait(for: "Please enter a title")
    #expect(host.has("Minutes and seconds, like 3:45") && host.has("A whole number"))
    #expect(core.calls.isEmpty)
  }

  @Test func onlyWhatWasTouchedIsWritten() async throws {
    let host = try await hello()
    try host.type("Gm", in: "Key")
    try host.tap("Save")
    try await host.wait("the edit") { core.calls == ["change song Hello: key"] }
    #expect(core.written == ["key": "Gm"])
  }

  @Test func aBandmatesValueStandsBesideMineUntilItIsTaken() async throws {
    let host = try await hello()
    try host.type("Gm", in: "Key")
    core.song.tell(Samples.song("Hello Again", key: "Em"))
    try await host.wait("what came") { (try? host.value("Title")) == "Hello Again" }
    #expect(try host.value("Key") == "Gm" && host.has("Em"))
    try host.tap("Take it")
    #expect(try host.value("Key") == "Em")
    #expect(try !host.isEnabled("Save"))
  }

  @Test func whatWasTypedOutlivesTheProcess() async throws {
    let first = try await hello()
    try first.type("Gm", in: "Key")
    let later = Shell(core, kept: kept)
    later.router.sheet = .edit(.song, RowId("Hello"))
    let again = screen(ShellScreen(shell: later))
    try await again.wait("the song") { (try? again.value("Title")) == "Hello" }
    #expect(try again.value("Key") == "Gm")
    #expect(!again.has("Take it"), "nobody has changed it meanwhile")
  }

  @Test func aSwipeDownClosesOnlyWhereNothingWouldBeLost() async throws {
    let host = try await hello()
    try host.type("Gm", in: "Key")
    host.swipeDown()
    #expect(shell.router.sheet != nil)
    try host.type("Fm", in: "Key")
    host.swipeDown()
    #expect(shell.router.sheet == nil)
  }

  @Test func leavingAsksOnlyWhereSomethingWouldBeLost() async throws {
    let host = try await hello()
    try host.type("Gm", in: "Key")
    try host.tap("Cancel")
    #expect(host.has("Keep your text?"))
    try host.tap("Keep editing")
    #expect(try host.value("Key") == "Gm")
    try host.tap("Cancel")
    try host.tap("Discard")
    #expect(shell.router.sheet == nil && core.calls.isEmpty)
  }

  @Test func aSongDeletedUnderTheEditorComesBackWithTheText() async throws {
    let host = try await hello()
    try host.type("Gm", in: "Key")
    core.song.tell(nil)
    try await host.wait(for: "This was deleted meanwhile.")
    #expect(try !host.isEnabled("Save"))
    try host.tap("Bring it back with your text")
    try await host.wait("the edit") {
      core.calls == ["restore song Hello in \(Samples.scope)", "change song Hello: key"]
    }
  }
}
