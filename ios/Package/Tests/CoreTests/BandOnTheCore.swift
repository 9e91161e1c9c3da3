import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

extension OnTheCore {
  @Test func anAdminInvitesRenamesAndBringsBackWhatWasDeleted() async throws {
    try await withEric { client, shell, host in
      try await host.wait("the band", .seconds(20)) { shell.bands.chosen?.name != nil }
      shell.router.touched(.band)
      try await host.wait("the members", .seconds(20)) { host.has("band.role_viewer") && host.has("band.you") }
      try host.tap("band.rename")
      try host.type("The Wonderwall", in: "welcome.band_name")
      try host.tap("app.save")
      try await host.wait("the new name", .seconds(20)) { shell.bands.chosen?.name == "The Wonderwall" }
      try host.tap("band.invite")
      try await host.wait("the code of the seed", .seconds(20)) { host.has("WONDERWALL") }
      try host.tap("band.invite_make")
      try await host.wait("another code", .seconds(20)) {
        host.outline.components(separatedBy: "band.invite_uses").count == 3
      }
      let band = try #require(shell.bands.chosen?.id)
      let song = try await client.add(SongDraft { $0.title = "Gone And Back" }, to: band)
      try await client.delete(.song, song)
      shell.router.go(to: .deleted(band))
      try await host.wait("what was deleted", .seconds(20)) { host.has("Gone And Back") }
      try host.tap("app.restore")
      try await host.wait("its return", .seconds(20)) { host.has("band.restored") }
      try await until("the song") { try await client.row(.song, song) != nil }
    }
  }
}
