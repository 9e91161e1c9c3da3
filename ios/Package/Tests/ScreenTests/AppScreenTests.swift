import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct AppScreenTests {
  @Test func whoSignsInIsInsideAndWhoSignsOutIsOutside() async throws {
    let core = FakeCore()
    let host = screen(AppScreen(app: AppModel(FakeDoor(.success(core)), kept: FakeKept())))
    core.status.tell(Samples.status(session: .signedOut))
    try await host.wait(for: "Sign in")
    core.status.tell(Samples.status())
    try await host.wait(for: "Setlists")
    core.status.tell(Samples.status(session: .signedOut))
    try await host.wait("the end of the tabs") { !host.has("Setlists") }
  }

  @Test func theLanguageThatIsChosenIsThatOfTheScreen() async throws {
    let locked = RockOnError.Storage(failure: .locked)
    let app = AppModel(FakeDoor(.failure(locked)), kept: FakeKept(["language": "de"]))
    try await screen(AppScreen(app: app)).wait(for: locked.text(in: .german))
  }

  @Test func whatCannotBeOpenedIsSaidAndTriedAgain() async throws {
    let door = FakeDoor(.failure(.Storage(failure: .locked)))
    let host = screen(AppScreen(app: AppModel(door, kept: FakeKept())))
    try await host.wait(for: "Rock-On cannot start")
    let core = FakeCore()
    core.status.tell(Samples.status())
    door.set(.success(core))
    try host.tap("Try again")
    try await host.wait(for: "Setlists")
  }
}
