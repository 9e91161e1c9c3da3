import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

extension OnTheCore {
  @Test func whatWaitsIsListedAndTheDoctorLooksAtTheServer() async throws {
    try await withEric { client, shell, host in
      try await host.wait("the band", .seconds(20)) { shell.bands.chosen?.name != nil }
      let band = try #require(shell.bands.chosen?.id)
      client.setNetwork(false)
      try await client.add(SongDraft { $0.title = "Written On The Bus" }, to: band)
      shell.router.go(to: .status)
      try await host.wait("what waits", .seconds(20)) { host.has("Written On The Bus status.edit_added") }
      client.setNetwork(true)
      try await host.wait("nothing more", .seconds(30)) { host.has("status.unsent_none") }
      try host.tap("status.doctor_run")
      try await host.wait("the doctor", .seconds(30)) { host.has("status.copy_report") }
      #expect(host.has("status.check_fine") && !host.has("status.check_broken"))
    }
  }
}
