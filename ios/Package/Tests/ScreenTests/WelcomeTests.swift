import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct WelcomeTests {
  @Test func aRefusalIsSaidAndKeepsWhatWasTyped() async throws {
    let core = FakeCore()
    core.fail(with: .Offline)
    let host = screen(WelcomeScreen(model: WelcomeScreenModel(core)))
    #expect(try !host.isEnabled("Sign in"))
    try host.type("eric@rock-on.test", in: "E-mail")
    try host.type("secret", in: "Password")
    try host.tap("Sign in")
    try await host.wait(for: RockOnError.Offline.text(in: .english))
    #expect(try host.value("Password") == "secret" && host.isEnabled("Sign in"))
    try host.type("other", in: "Password")
    #expect(!host.has(RockOnError.Offline.text(in: .english)))
    #expect(host.problems.isEmpty)
    for (key, kinds) in host.keys { #expect(Texts.holes[key] == kinds, "\(key)") }
  }
}
