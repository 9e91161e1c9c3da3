import Foundation
import Models
import RockOnCore
import Synchronization
import Testing

/// Secrets that can be locked, as before the first unlock, or lost.
private final class Keychain: SecretStore {
  enum State { case open, locked, lost }
  struct Locked: Error {}
  let held = Mutex<[String: Secret]>([:])
  let state = Mutex(State.open)

  func read(_ key: String) throws -> Secret? {
    switch state.withLock({ $0 }) {
    case .open: held.withLock { $0[key] }
    case .locked: throw Locked()
    case .lost: throw SecretLost()
    }
  }
  func write(_ value: Secret, for key: String) { held.withLock { $0[key] = value } }
  func delete(_ key: String) { held.withLock { $0[key] = nil } }
}

extension OnTheCore {
  /// Eric was signed in here; then his phone was switched off.
  private func afterASession(_ work: (RockOnConfig, Keychain, World) async throws -> Void) async throws {
    let (world, keychain) = (try await World.open(), Keychain())
    let folder = FileManager.default.temporaryDirectory.appending(path: "rockon-\(UUID())")
    let config = RockOnConfig(url: world.url, anonKey: Secret(world.anonKey), dataDir: folder)
    let client = try await RockOn.open(config, secrets: keychain)
    client.setForeground(true)
    try await client.signIn(email: "eric@rock-on.test", password: Secret(world.password))
    try await client.waitForFirstSync()
    try await client.shutdown()
    try await work(config, keychain, world)
    await world.close()
  }

  @Test func beforeTheFirstUnlockNothingIsLost() async throws {
    try await afterASession { config, keychain, _ in
      keychain.state.withLock { $0 = .locked }
      await #expect(throws: RockOnError.self) { try await RockOn.open(config, secrets: keychain) }
      keychain.state.withLock { $0 = .open }
      let client = try await RockOn.open(config, secrets: keychain)
      guard case .signedIn? = try await client.statusNow()?.session else { throw Missing() }
      #expect(try await client.countSongs() > 0)
      try await client.shutdown()
    }
  }

  @Test func aLostItemAsksForThePasswordAgain() async throws {
    try await afterASession { config, keychain, world in
      keychain.state.withLock { $0 = .lost }
      let client = try await RockOn.open(config, secrets: keychain)
      if case .signedIn? = try await client.statusNow()?.session { throw Missing() }
      keychain.state.withLock { $0 = .open }
      client.setForeground(true)
      try await client.signIn(email: "eric@rock-on.test", password: Secret(world.password))
      #expect(try await client.countSongs() > 0)
      try await client.shutdown()
    }
  }
}
