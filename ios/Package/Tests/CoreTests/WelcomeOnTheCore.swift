import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

extension OnTheCore {
  @Test func whoMakesAnAccountJoinsABandByItsCodeAndSignsOut() async throws {
    let world = try await World.open()
    let client = try await world.phone()
    let app = AppModel(Opened(client: client), kept: FakeKept())
    let host = SwiftUI.Host(AppScreen(app: app))
    try await host.wait("the way in", .seconds(20)) { host.has("welcome.sign_in") }
    try host.tap("welcome.sign_up")
    try host.type("Mia", in: "welcome.name")
    try host.type("mia@rock-on.test", in: "welcome.email")
    try host.type("rock-on-demo", in: "welcome.password")
    try host.tap("welcome.sign_up")
    try await host.wait("how to begin", .seconds(30)) { host.has("welcome.just_mine") }
    try host.tap("welcome.join")
    try host.type("WONDERWALL", in: "welcome.join_code")
    try host.tap("app.done")
    try await host.wait("the band", .seconds(30)) { host.has("welcome.joined") }
    guard case .inside(let shell) = app.shown else { throw Missing() }
    try await host.wait("its name", .seconds(30)) { shell.bands.chosen?.name == "The Wonderwalls" }
    shell.router.go(to: .settings)
    try await host.wait("the settings", .seconds(20)) { host.has("settings.sign_out") }
    try host.tap("settings.sign_out")
    try host.tap("settings.sign_out")
    try await host.wait("the way in", .seconds(20)) { host.has("welcome.claim") }
    try await client.shutdown()
    await world.close()
  }
}
