import Fakes
import Gallery
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SetlistsScreenTests {
  let visit = Visit("setlists")
  var core: FakeCore { visit.core }
  var shell: Shell { visit.shell }

  init() { core.ofSetlists.lists.tell([.reset(SetlistsGallery.lists)]) }

  private func shown() async throws -> Host { try await visit.shown("Street fair") }

  @Test func aRowSaysWhatOneNeeds() async throws {
    let host = try await shown()
    #expect(host.has("Not looked at yet Club"))
    #expect(host.has("14 songs"))
    #expect(host.has("1 song"))
    #expect(host.has("Not sent yet 3:56"))
  }

  @Test func aNameMakesASetlist() async throws {
    let host = try await shown()
    try host.tap("New setlist")
    try host.type("Wedding", in: "Name")
    try host.tap("Save")
    try await host.wait("it is made") { core.calls == ["add setlist to \(Samples.scope)"] }
  }

  @Test func theArchiveIsOnePageFurther() async throws {
    let host = try await shown()
    try host.tap("Archived")
    try await host.wait("the question") { core.ofSetlists.queries.last?.archived == true }
    core.ofSetlists.lists.tell([.reset([Samples.setlist("Club", status: .archived)])])
    try await host.wait("the archived one alone") { host.has("Club") && !host.has("Street fair") }
    try host.tap("Take out of the archive")
    try await host.wait(for: "“Club” is back in the list")
  }

  @Test func aViewerMayLookOnly() async throws {
    core.bands.tell([.reset([Samples.band(mayEdit: false)])])
    let host = try await shown()
    try await host.wait("the role") { shell.bands.chosen?.mayEdit == false }
    // What is behind a swipe or in a row's menu is not read on screen.
    #expect(!host.has("New setlist") && !host.outline.contains("swipe[") && !host.outline.contains("actions["))
  }
}
