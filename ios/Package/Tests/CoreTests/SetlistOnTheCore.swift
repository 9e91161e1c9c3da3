import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

extension OnTheCore {
  @Test func aSetlistIsMadeByItsNameAndFilledFromTheLibrary() async throws {
    try await withEric { client, shell, host in
      try await host.wait("the band", .seconds(20)) { shell.bands.chosen?.name != nil }
      let band = try #require(shell.bands.chosen?.id)
      client.setNetwork(false)
      try await client.add(SongDraft { $0.title = "Aardvark Blues" }, to: band)
      try host.tap("app.tab_setlists")
      try host.tap("setlists.add")
      try host.type("Barn Dance", in: "setlists.name")
      try host.tap("app.save")
      try await host.wait("its page", .seconds(20)) { host.has("setlist.start_gig") && host.has("setlist.empty") }
      try host.tap("setlist.add_songs")
      try host.type("aardvark", in: "songs.search")
      try await host.wait("the song", .seconds(20)) {
        host.has("Aardvark Blues") && host.outline.components(separatedBy: "Aardvark").count == 2
      }
      try host.tap("Aardvark Blues app.unsent")
      try host.tap("setlist.add_count")
      try await host.wait("it is in the setlist", .seconds(20)) { host.has("1 Aardvark Blues") }
      try host.tap("setlist.add_pause")
      try await host.wait("what can be written about it", .seconds(20)) { host.has("setlist.pause_length") }
      try host.tap("app.cancel")
      try await host.wait("the break", .seconds(20)) { host.has("setlist.pause_minutes") }
      try host.tap("setlist.move_up", of: "setlist.pause_minutes")
      try await host.wait("the break first", .seconds(20)) {
        host.outline.components(separatedBy: "Aardvark").first?.contains("pause_minutes") == true
      }
    }
  }

  @Test func theStageStaysAsItWasAndWhatCameIsToldAtTheEnd() async throws {
    let world = try await World.open()
    let (eric, sam) = (try await world.phone("eric"), try await world.phone("sam"))
    let band = ScopeId(world.band)
    let list = try await eric.add(SetlistDraft { $0.name = "Barn Dance" }, to: band)
    for title in ["First", "Second"] {
      try await eric.addSongsToSetlist(list, [eric.add(SongDraft { $0.title = title }, to: band)])
    }
    let shell = Shell(
      eric, kept: FakeKept(["places": "setlists\nsetlists setlist/\(list)"]), banner: { await forever() })
    let host = SwiftUI.Host(ShellScreen(shell: shell))
    try await host.wait("the setlist", .seconds(20)) { host.has("2 Second") }
    try host.tap("setlist.start_gig")
    try await host.wait("the stage", .seconds(20)) { shell.stage?.pages.count == 2 && shell.stage?.newer == nil }
    eric.setNetwork(false)
    try host.tap("gig.forward")
    try await host.wait("the next page", .seconds(20)) { host.has("Second gig.last") }
    try await until("it is kept") { try await eric.gig()?.page == 1 }
    // Another process finds the same page.
    let again = Shell(eric, kept: FakeKept())
    let following = Task { await again.follow() }
    try await until("the same page") { again.stage?.at == 1 }
    following.cancel()
    eric.setNetwork(true)
    try await until("it is there with its songs") {
      if case .array(let items) = try await sam.row(.setlist, list)?["items"] { items.count == 2 } else { false }
    }
    try await sam.addSection(list, title: "Encore")
    try await host.wait("the pill", .seconds(30)) { shell.stage?.newer != nil }
    #expect(
      host.has("Second gig.last") && shell.stage?.newer?.by?.contains("Sam") == true && shell.banners.news == nil)
    shell.stage?.newerTapped()
    await shell.stage?.takeTapped()
    try await host.wait("the new version on the same song", .seconds(20)) {
      shell.stage?.total == 3 && shell.stage?.position == 2
    }
    await shell.stage?.endConfirmed()
    try await host.wait("what came", .seconds(30)) { shell.stage == nil && shell.banners.news != nil }
    try await eric.shutdown()
    try await sam.shutdown()
    await world.close()
  }
}

/// Until the task is cancelled.
private func forever() async { while !Task.isCancelled { try? await Task.sleep(for: .seconds(60)) } }
