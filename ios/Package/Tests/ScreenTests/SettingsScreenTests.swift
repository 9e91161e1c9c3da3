import Fakes
import Gallery
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SettingsScreenTests {
  let core = FakeCore()

  private func open(_ places: String, sheet: Sheet? = nil) -> Host {
    core.status.tell(Samples.status(unsent: 3))
    core.bands.tell([.reset([Samples.band()])])
    let shell = Shell(core, kept: FakeKept(["places": places]))
    shell.router.sheet = sheet
    return screen(ShellScreen(shell: shell))
  }

  @Test func signingOutWarnsOfWhatIsNotSentByNumber() async throws {
    let host = open("band\nband settings")
    try await host.wait("the page") {
      (try? host.isEnabled("Sign out")) == true && (try? host.value("E-mail")) == "eric@rock-on.test"
    }
    try host.tap("Sign out")
    try await host.wait(for: "3 changes are not sent. They wait on this phone")
    try host.tap("Sign out on all devices")
    try await host.wait("the end") { core.calls.last == "sign out everywhere" }
  }

  @Test func theWordThatDeletesIsThatOfTheCatalogue() async throws {
    #expect(
      Texts.english.texts["settings.delete_word"] == Sentence(one: nil, other: SettingsScreenModel.word(.english)))
    #expect(Texts.german.texts["settings.delete_word"] == Sentence(one: nil, other: SettingsScreenModel.word(.german)))
    let host = open("band\nband settings")
    try await host.wait("the page") { (try? host.isEnabled("Delete account")) == true }
    try host.tap("Delete account")
    #expect(try host.has("Type DELETE to go on") && !host.isEnabled("Delete account"))
    try host.type("DELETE", in: "Delete account")
    try host.tap("Delete account")
    try await host.wait("the end") { core.calls.last == "delete account" }
  }

  @Test func aLinkToABandAsksAndJoins() async throws {
    let host = open("songs")
    try await host.wait(for: "Songs")
    host.open(try #require(URL(string: "rockon://join/LOOPS1")))
    try await host.wait("the sheet") { (try? host.value("Invite code")) == "LOOPS1" }
    #expect(!core.calls.contains { $0.hasPrefix("join") })
    try host.tap("Done")
    try await host.wait(for: "You are in.")
    #expect(core.calls.last == "join by LOOPS1")
  }

  @Test func aLinkToAServerSaysWhichAndAsks() async throws {
    let host = open("songs")
    try await host.wait(for: "Songs")
    host.open(try #require(URL(string: "rockon://server?url=https%3A%2F%2Floops.test&key=sb_publishable_1")))
    try await host.wait(for: "Only go on if your band gave you this link: loops.test")
    #expect(host.has("Whoever is signed in on this phone is signed out."))
    try host.tap("Use this server?")
    try await host.wait("its end") { !host.has("loops.test") }
  }

  @Test func theWaysInAreOffered() async throws {
    let host = screen(WelcomeScreen(model: WelcomeScreenModel(core)))
    try host.tap("Create account")
    try host.type("Eric", in: "Your name")
    try host.type("eric@rock-on.test", in: "E-mail")
    try host.type("secret", in: "Password")
    try host.tap("Sign in with a code by e-mail")
    try host.tap("Send code")
    try await host.wait(for: "We sent a code to eric@rock-on.test.")
    try host.type("123456", in: "Code")
    try host.tap("Sign in")
    try await host.wait("the end") { core.calls.last == "sign in by code 123456" }
    #expect(host.problems.isEmpty)
  }
}
