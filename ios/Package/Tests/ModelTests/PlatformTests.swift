import Fakes
import Foundation
import RockOnCore
import Synchronization
import Testing

@testable import Models

/// What happens while the app is not on screen, or before it is open.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct PlatformTests {
  private final class Shown: Notifier {
    let batches = Mutex<[String]>([])
    func show(_ news: News, of band: String?) async throws {
      batches.withLock { $0.append("\(news.id) \(band ?? "-"): \(news.lines.joined(separator: "; "))") }
    }
  }

  private final class Secrets: AppSecrets {
    let held = Mutex<[String: Secret]>(["session": "s"])
    func read(_ key: String) -> Secret? { held.withLock { $0[key] } }
    func write(_ value: Secret, for key: String) { held.withLock { $0[key] = value } }
    func delete(_ key: String) { held.withLock { $0[key] = nil } }
    func deleteAll() { held.withLock { $0 = [:] } }
  }

  @Test func whatCameIsShownAsOneBatchAndNeverTwice() async {
    let (core, shown, kept) = (FakeCore(), Shown(), FakeKept())
    core.bands.tell([.reset([Samples.band()])])
    core.ofNotices.notices.tell([.reset([])])
    core.ofNotices.untold = [
      Untold(id: NoticeId(4), text: "one", scope: Samples.scope),
      Untold(id: NoticeId(5), text: "two", scope: Samples.scope),
    ]
    #expect(await !BackgroundTurn.run(FakeDoor(.success(core)), shown, kept: kept))
    #expect(await !BackgroundTurn.run(FakeDoor(.success(core)), shown, kept: kept))
    #expect(shown.batches.withLock { $0 } == ["4 The Loops: one; two"])
    #expect(core.calls == ["sync", "sync"])
  }

  @Test func whatCannotBeOpenedIsSaidAndTriedAgain() async throws {
    let (shown, kept) = (Shown(), FakeKept())
    let locked = RockOnError.Secrets(step: "read")
    #expect(await BackgroundTurn.run(FakeDoor(.failure(locked)), shown, kept: kept))
    #expect(BackgroundTurn.failure(in: kept) == locked.text(in: .english))
    let phone = try await Phone(kept: kept)
    #expect(StatusScreenModel(phone.shell).backgroundFailure == locked.text(in: .english))
    phone.core.ofNotices.notices.tell([.reset([])])
    #expect(await !BackgroundTurn.run(FakeDoor(.success(phone.core)), shown, kept: kept))
    #expect(BackgroundTurn.failure(in: kept) == nil)
  }

  @Test func aFailureInTheBackgroundIsSaidInTheLanguageThatIsChosen() async {
    let kept = FakeKept()
    let german = Preferences(kept)
    german.language = .de
    let locked = RockOnError.Secrets(step: "read")
    _ = await BackgroundTurn.run(FakeDoor(.failure(locked)), Shown(), kept: kept)
    #expect(BackgroundTurn.failure(in: kept) == locked.text(in: .german))
    german.language = .system
    #expect(Preferences.spoken(in: kept) == Language(tag: Locale.current.identifier))
  }

  @Test func noTwoServersShareFiles() {
    let names = ["http://loops.test:1", "http://loops.test:2", "http://loops.test/2", "https://loops.test:1", "../.."]
    let own = names.map { Server(url: $0, key: Secret("k")).ownName }
    #expect(Set(own).count == names.count)
    #expect(own.allSatisfy { !$0.contains("/") })
  }

  @Test func anItemThatIsLeftGoesOnlyWhenTheFilesAreGoneToo() throws {
    let secrets = Secrets()
    let files = FileManager.default.temporaryDirectory.appending(path: "Application Support \(UUID())/rockon")
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    try FirstStart.prepare(files: files, secrets)
    #expect(secrets.read("session") != nil)
    try FileManager.default.removeItem(at: files.deletingLastPathComponent())
    try FirstStart.prepare(files: files, secrets)
    #expect(secrets.read("session") == nil)
  }

  @Test func toLookAtNoticesClearsWhatTheSystemShowed() async throws {
    let (phone, device) = (try await Phone(), FakeDevice())
    let model = NoticesScreenModel(Shell(phone.core, kept: phone.kept, device: device))
    let following = Task { await model.followWaiting() }
    try await until("the question") { model.allowed == .unasked && device.timesCleared == 1 }
    await model.allowTapped()
    #expect(model.allowed == .no)
    following.cancel()
  }
}
