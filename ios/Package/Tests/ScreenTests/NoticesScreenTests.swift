import Fakes
import Foundation
import Gallery
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct NoticesScreenTests {
  let core = FakeCore()

  private func open(_ places: String, mayEdit: Bool = true) -> (Shell, Host) {
    let shell = Shell(
      core, kept: FakeKept(["places": places]), bars: Bars(), banner: { try? await Task.sleep(for: .seconds(60)) })
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band(mayEdit: mayEdit)])])
    core.songs.tell([.reset(Samples.songs)])
    core.ofNotices.row = ["title": "Hello", "tempo": 80]
    return (shell, screen(ShellScreen(shell: shell)))
  }

  @Test func whatWaitsIsOnTopAndANewNoticeIsMarked() async throws {
    core.ofNotices.conflicts.tell([.reset([NoticesGallery.conflict()])])
    core.ofNotices.rejected.tell([.reset([NoticesGallery.rejected])])
    core.ofNotices.notices.tell([.reset(NoticesGallery.notices)])
    let (shell, host) = open("notices")
    try await host.wait(for: "Sam changed “Hello”.")
    try await host.wait(for: "Waits for you You and Sam changed the same thing.")
    #expect(host.has("New Sam changed “Hello”.") && !host.has("New Mia"))
    try host.tap("Mark as read")
    try await host.wait("the mark") { core.calls.last == "see 2" }
    try host.tap("Mark all as read")
    #expect(host.has("All marked as read") && !host.has("New Sam"))
    try host.tap("Undo")
    try await host.wait(for: "New Sam")
    #expect(shell.router.path(of: .notices).isEmpty && host.problems.isEmpty)
  }

  @Test func bothValuesAndTheChoice() async throws {
    core.ofNotices.conflicts.tell([.reset([NoticesGallery.conflict()])])
    let (shell, host) = open("notices\nnotices conflict/1")
    try await host.wait("the choice") { host.has("Yours Em") && (try? host.isEnabled("Edit both")) == true }
    #expect(host.has("Sam’s Fm Your band sees this one now"))
    try host.tap("Edit both")
    try host.type("Em or Fm", in: "Edit both")
    try await host.wait("the conflict in it") { (try? host.isEnabled("Save")) == true }
    try host.tap("Save")
    try await host.wait(for: "Conflict resolved")
    #expect(core.calls.last?.contains("Em or Fm") == true && shell.router.path(of: .notices).isEmpty)
  }

  @Test func aViewerOfAConflictMayOnlyGiveIn() async throws {
    core.ofNotices.conflicts.tell([.reset([NoticesGallery.conflict()])])
    let (_, host) = open("notices\nnotices conflict/1", mayEdit: false)
    try await host.wait("the choice") { (try? host.isEnabled("Take theirs")) == true }
    #expect(throws: ScreenError.self) { try host.tap("Take mine") }
    #expect(throws: ScreenError.self) { try host.tap("Edit both") }
  }

  @Test func aRefusedEditIsDiscardedOnlyAfterAQuestion() async throws {
    core.ofNotices.rejected.tell([.reset([NoticesGallery.rejected])])
    let (_, host) = open("notices\nnotices rejected/1")
    try await host.wait(for: "What you wanted 79 What is shown now 80")
    try host.tap("Discard")
    #expect(!core.calls.contains("discard 1") && host.has("Discard your change?"))
    try host.tap("Discard")
    try await host.wait(for: "Change discarded")
    #expect(core.calls.last == "discard 1")
  }

  @Test func aViewersRefusedEditIsNotSentAgain() async throws {
    core.ofNotices.rejected.tell([.reset([NoticesGallery.rejected])])
    let (shell, host) = open("notices\nnotices rejected/1", mayEdit: false)
    try await host.wait("the edit and the role") {
      host.has("What you wanted") && shell.bands.chosen?.mayEdit == false
    }
    #expect(!host.has("Try again") && host.has("Discard"))
  }

  @Test func theListIsThatOfTheBandThatIsChosen() async throws {
    core.ofNotices.notices.tell([.reset(NoticesGallery.notices)])
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    let kept = FakeKept(["places": "notices", "notices.band": Samples.scope.text])
    let host = screen(ShellScreen(shell: Shell(core, kept: kept)))
    try await host.wait("those of the band") { core.calls == ["notices of \(Samples.scope)"] }
    try host.tap("All bands")
    try await host.wait("those of all") { core.calls.last == "notices of all" }
  }

  @Test func whoIsElsewhereIsNotDisturbed() {
    let (shell, host) = open("songs")
    #expect(shell.canShowBanner)
    host.phase(.inactive)
    #expect(!shell.canShowBanner)
  }

  @Test func theBannerIsSwipedAwayAndNeverOverAnEditor() async throws {
    let (shell, host) = open("songs")
    try await host.wait(for: "Creep")
    shell.router.sheet = .edit(.song, RowId("Hello"))
    core.ofNotices.untold = [Untold(id: NoticeId(2), text: "Sam changed “Hello”.", scope: Samples.scope)]
    core.ofNotices.notices.tell([.reset(NoticesGallery.notices)])
    try await host.wait("the editor") { host.has("Cancel") }
    #expect(shell.banners.news == nil)
    shell.router.sheet = nil
    try await host.wait(for: "Sam changed “Hello”.")
    try host.swipe("Sam changed “Hello”.", by: CGSize(width: 0, height: -40))
    #expect(!host.has("Sam changed"))
  }
}
