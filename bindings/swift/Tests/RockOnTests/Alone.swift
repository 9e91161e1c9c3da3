import Foundation
import RockOn
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
  let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rockon-\(UUID())").path
  return RockOnConfig(
    url: "http://127.0.0.1:9", anonKey: "sb_publishable_planted", dataDir: directory, extraRoots: "")
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
    #expect(RockOnClient.coreVersion.contains("."))
  }

  @Test func aSecretIsNeverPrinted() {
    #expect(!"\(config())".contains("planted"))
    #expect("\(Secret("planted"))" == "***")
  }

  @Test func aCallWithoutASessionSaysSoWithCodeAndAdvice() async throws {
    let client = try await RockOnClient.open(config(), secrets: MemorySecrets())
    await #expect(throws: RockOnError.SignedOut) { try await client.markAllRead() }
    #expect(throws: RockOnError.SignedOut) { try client.bands() }
    #expect(RockOnError.SignedOut.code == "signed_out")
    #expect(!RockOnError.SignedOut.advice.isEmpty)
  }

  @Test func aSettingThatCannotBeUsedIsNamed() async throws {
    let wrong = RockOnConfig(url: "ftp://x", anonKey: "sb_publishable_x", dataDir: "/tmp/x", extraRoots: "")
    #expect(await codeOf { _ = try await RockOnClient.open(wrong, secrets: MemorySecrets()) } == "config")
  }

  @Test func theStatusFeedBringsAValueFirstAndEndsWithTheShutdown() async throws {
    let client = try await RockOnClient.open(config(), secrets: MemorySecrets())
    var seen = 0
    for await delivery in try client.status() {
      guard case .value(let status) = delivery else { continue }
      #expect(status.session == .signedOut)
      seen += 1
      if seen == 1 { try await client.shutdown() }
    }
    #expect(seen >= 1)
  }

  @Test func aCancelledFeedEndsAndMayBeCancelledAgain() async throws {
    let client = try await RockOnClient.open(config(), secrets: MemorySecrets())
    let feed = try client.status()
    feed.cancel()
    feed.cancel()
    feed.setLimit(3)
    for await _ in feed {}
  }

  @Test func afterAShutdownCallsThrowClosedAndAnotherShutdownIsNothing() async throws {
    let client = try await RockOnClient.open(config(), secrets: MemorySecrets())
    try await client.shutdown()
    try await client.shutdown()
    await #expect(throws: RockOnError.Closed) { try await client.createBand("x") }
    #expect(throws: RockOnError.Closed) { try client.bands() }
    #expect(try await client.statusNow() == nil)
  }

  @Test func aSecretStoreThatFailsIsSaidAsSecrets() async throws {
    #expect(await codeOf { _ = try await RockOnClient.open(config(), secrets: FailingSecrets()) } == "secrets")
  }

  @Test func aSecretThatIsLostAsksToSignInAgainAndTheDataStays() async throws {
    let client = try await RockOnClient.open(config(), secrets: LosingSecrets())
    let status = try #require(try await client.statusNow())
    guard case .needsSignIn(_, let reason) = status.session else {
      Issue.record("\(status.session)")
      return
    }
    #expect(reason == "stored_session_unreadable")
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
    let client = try await RockOnClient.open(config(), secrets: MemorySecrets())
    for budget in [Duration.seconds(-1), .seconds(Int64.max / 4), .milliseconds(5)] {
      await #expect(throws: RockOnError.SignedOut) { try await client.syncOnce(budget: budget) }
    }
  }

  @Test func pointsInTimeKeepAll64Bits() {
    #expect(Timestamp(milliseconds: .min) < Timestamp(milliseconds: .max))
    #expect(Timestamp(milliseconds: .max).milliseconds == Int64.max)
    #expect(Timestamp(milliseconds: 1_500).date.timeIntervalSince1970 == 1.5)
  }
}
