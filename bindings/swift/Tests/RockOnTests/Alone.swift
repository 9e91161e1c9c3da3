import Foundation
import RockOnCore
import Testing

/// A store that always fails.
struct FailingSecrets: SecretStore {
  struct Fault: Error {}
  func read(_ key: String) throws -> Secret? { throw Fault() }
  func write(_ value: Secret, for key: String) throws { throw Fault() }
  func delete(_ key: String) throws { throw Fault() }
}

/// A store that knows whose data is here, and can never open that person's session again.
struct LosingSecrets: SecretStore {
  static let person = "a0000000-0000-4000-8000-000000000001"
  func read(_ key: String) throws -> Secret? {
    if key == "session.current" { return Secret(Self.person) }
    throw SecretLost()
  }
  func write(_ value: Secret, for key: String) {}
  func delete(_ key: String) {}
}

/// A client of nowhere: nothing listens on port 9.
func config() -> RockOnConfig {
  let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rockon-\(UUID())")
  return RockOnConfig(
    url: "http://127.0.0.1:9", anonKey: "sb_publishable_planted", dataDir: directory)
}

/// The code of what a call throws; nothing when it throws nothing of ours.
func codeOf(_ call: () async throws -> Void) async -> String? {
  do {
    try await call()
    return nil
  } catch {
    return (error as? RockOnError)?.code
  }
}

@Suite(.timeLimit(.minutes(1)))
struct ClientAlone {
  @Test func theCoreSaysItsVersion() {
    #expect(RockOn.version.contains("."))
  }

  @Test func aSecretIsNeverPrinted() {
    #expect(!"\(config())".contains("planted"))
    #expect("\(Secret("planted"))" == "***")
  }

  @Test func aCallWithoutASessionSaysSoWithCodeAndAdvice() async throws {
    let client = try await RockOn.open(config(), secrets: MemorySecrets())
    await #expect(throws: RockOnError.SignedOut) { try await client.markAllRead() }
    #expect(throws: RockOnError.SignedOut) { try client.bands() }
    #expect(RockOnError.SignedOut.code == "signed_out")
    #expect(RockOnError.SignedOut.advice(in: .german).hasPrefix("Melde dich an;"))
    #expect(Language(tag: "de-AT") == .german && Language(tag: "fr") == .english)
    #expect(Language.german.label(of: "key") == "Tonart")
    let id = "00000000-0000-4000-8000-000000000505"
    let refused = RejectedEdit(
      id: EditId(1), scope: ScopeId(id), kind: .song, row: RowId(id), title: "505", verb: .deleted, set: [:], base: [:],
      rejection: Rejection(code: .notAllowed, reason: nil, field: nil), notice: nil, at: Date(timeIntervalSince1970: 0))
    #expect(refused.text(in: .german) == "Du wolltest „505“ löschen")
    #expect(refused.why(in: .german, isViewer: true).hasPrefix("Du bist in dieser Band Gast."))
  }

  @Test func aLinkIsReadAndWritten() {
    let pages = WebLink.all(in: ["recording_url": "rock-on.test/a", "chords_url": "ask Sam"])
    #expect(pages == [WebLink(sort: .recording, name: "rock-on.test", url: "https://rock-on.test/a")])
    #expect(AppLink(" rockon://join/ABCD-1234") == .join(code: "ABCD-1234"))
    #expect(AppLink("rockon://join/..") == nil)
    let server = AppLink.server(url: "https://x.example", key: "sb_publishable_planted")
    #expect(AppLink(server.text) == server && !"\(server)".contains("planted"))
    #expect(AppLink("rockon://server?url=http://10.0.2.2&key=sb_publishable_1") == nil)
    #expect(AppLink("rockon://server?url=http://10.0.2.2&key=sb_publishable_1", emulatorHost: true) != nil)
  }

  @Test func aSettingThatCannotBeUsedIsNamed() async throws {
    let wrong = RockOnConfig(url: "ftp://x", anonKey: "sb_publishable_x", dataDir: URL(fileURLWithPath: "/tmp/x"))
    #expect(await codeOf { _ = try await RockOn.open(wrong, secrets: MemorySecrets()) } == "config")
  }

  @Test func theStatusFeedBringsAValueFirstAndEndsWithTheShutdown() async throws {
    let client = try await RockOn.open(config(), secrets: MemorySecrets())
    var seen = 0
    for await delivery in try client.statusChanges() {
      guard case .value(let status) = delivery else { continue }
      #expect(status.session == .signedOut)
      seen += 1
      if seen == 1 { try await client.shutdown() }
    }
    #expect(seen >= 1)
  }

  @Test func aCancelledFeedEndsAndMayBeCancelledAgain() async throws {
    let client = try await RockOn.open(config(), secrets: MemorySecrets())
    let feed = try client.statusChanges()
    feed.cancel()
    feed.cancel()
    feed.setLimit(3)
    for await _ in feed {}
  }

  @Test func afterAShutdownCallsThrowClosedAndAnotherShutdownIsNothing() async throws {
    let client = try await RockOn.open(config(), secrets: MemorySecrets())
    try await client.shutdown()
    try await client.shutdown()
    await #expect(throws: RockOnError.Closed) { try await client.createBand("x") }
    #expect(throws: RockOnError.Closed) { try client.bands() }
    #expect(try await client.statusNow() == nil)
  }

  @Test func aSecretStoreThatFailsIsSaidAsSecrets() async throws {
    #expect(await codeOf { _ = try await RockOn.open(config(), secrets: FailingSecrets()) } == "secrets")
  }

  @Test func theMessageOfEachErrorIsTheCoresSentenceAndItsAdvice() {
    let all: [RockOnError] = [
      .Auth(reason: .invalidCredentials), .Closed, .Config(field: "url", reason: "it is empty"),
      .Denied(reason: .lastAdmin), .Gone(edit: Unsaved(["title": "PLANTED"])), .HandOver(bands: 2),
      .Internal(place: "a test"), .Invalid(field: "title", reason: "it is empty"), .NotFound(what: "song"), .Offline,
      .Protocol(service: .rest, reason: "it was cut off"), .Secrets(step: "read"),
      .Server(service: .rest, status: 503, reason: "53300", retryAfter: 3), .SignedOut, .Storage(failure: .full),
      .Timeout(service: .auth), .UnknownColumn(column: "colour"),
    ]
    #expect(Set(all.map(\.code)).count == 17)
    for error in all {
      let message = error.localizedDescription
      #expect(error.errorDescription == message)
      #expect(!message.contains("=") && !message.contains("reason") && !message.contains("PLANTED"))
      let advice = error.advice(in: .english)
      #expect(message == error.text(in: .english) && message.hasSuffix(advice) && message.count > advice.count + 3)
      #expect(error.text(in: .german) != message)
    }
    let untitled = RockOnError.Invalid(field: "title", reason: "it is empty")
    #expect(untitled.text(in: .english) == "Please enter a title. Nothing was saved.")
  }

  @Test func aSecretThatIsLostAsksToSignInAgainAndTheDataStays() async throws {
    let client = try await RockOn.open(config(), secrets: LosingSecrets())
    let status = try #require(try await client.statusNow())
    guard case .needsSignIn(_, let reason) = status.session else {
      Issue.record("\(status.session)")
      return
    }
    #expect(reason == .storedSessionUnreadable)
    _ = try client.bands()  // Readable without a session.
  }

  @Test func stepsApplyInOrderAndStrayOnesDoNothing() {
    var list: [Int] = []
    list.apply([
      .reset([1, 2]), .insert(3, at: 2), .update(9, at: 0), .remove(at: 1), .remove(at: 7), .insert(0, at: -1),
    ])
    #expect(list == [9, 3])
  }

  @Test func aBudgetIsClampedToWhatTheCoreTakes() async throws {
    let client = try await RockOn.open(config(), secrets: MemorySecrets())
    for budget in [Duration.seconds(-1), .seconds(Int.max / 4), .milliseconds(5)] {
      await #expect(throws: RockOnError.SignedOut) { try await client.syncOnce(budget: budget) }
    }
  }

  @Test func aQueryAsksForAllThatIsThereUnlessItSaysMore() {
    #expect(SongQuery().order == .title && SongQuery().scope == nil && SongQuery(search: "x").limit > 1_000_000)
    #expect(SetlistQuery().limit == ShowQuery().limit && PracticeQuery().scope == nil)
  }

  @Test func aDraftSendsWhatWasSetAndNothingElse() {
    var draft = SongDraft {
      $0.title = "Hello"; $0.notes = nil; $0.tempo = 118
    }
    #expect(draft.values == ["title": "Hello", "notes": nil, "tempo": 118])
    #expect(draft.title == "Hello" && draft.artist == nil && draft.kind == .song)
    draft["lyrics_url"] = "https://example.org"
    #expect(draft.values["lyrics_url"] == "https://example.org" && draft["lyrics_url"] != nil)
    let list = SetlistDraft {
      $0.items = [.songItem(RowId("x"), notes: "slow"), .breakItem(15), .sectionItem("Encore")]
    }
    #expect(
      list.values["items"] == [
        ["type": "song", "songId": "x", "notes": "slow"], ["type": "break", "breakDuration": 15],
        ["type": "section", "sectionTitle": "Encore"],
      ])
    #expect(list.items?.count == 3)
    #expect(ShowDraft { $0.setlist = RowId("x") }.values == ["setlist_id": "x"])
    #expect(PracticeDraft { $0.objectives = ["bridge"] }.values == ["objectives": ["bridge"]])
  }

  @Test func aTimeOfDayIsWhatAClockShows() throws {
    let early = try #require(TimeOfDay(hour: 9, minute: 5))
    let late = try #require(TimeOfDay(hour: 17, minute: 30, second: 15))
    #expect(early < late && "\(early)" == "09:05" && "\(late)" == "17:30:15")
    #expect(late.components.minute == 30)
    #expect(TimeOfDay(hour: 24, minute: 0) == nil && TimeOfDay(hour: 0, minute: -1) == nil)
    let show = ShowDraft {
      $0.scheduledDate = Date(timeIntervalSince1970: 1.5)
      $0.loadInTime = .at(time: late)
      $0.status = .confirmed
    }
    #expect(
      show.values == ["scheduled_date": "1970-01-01T00:00:01.500Z", "load_in_time": "17:30:15", "status": "confirmed"])
  }
}
