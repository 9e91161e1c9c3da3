import Foundation
import RockOnCore
import Synchronization
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A server of its own for a test, made by the scenario server that the environment names. See `tests/scenarios/README.md`.
struct World: Decodable {
  let id: Int
  let url: String
  let anonKey: String
  let password: String
  let band: String

  /// Its address; nothing when none runs.
  static var address: String? {
    let address = ProcessInfo.processInfo.environment["ROCKON_SCENARIO_SERVER"]
    return address?.isEmpty == false ? address : nil
  }

  static func open() async throws -> World {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(World.self, from: try await send("POST", "/worlds"))
  }

  func close() async {
    // The scenario server goes with the run anyway.
    _ = try? await Self.send("DELETE", "/worlds/\(id)")
  }

  /// A phone of somebody, signed in.
  func phone(_ who: String) async throws -> RockOn {
    let client = try await phone()
    try await client.signIn(email: "\(who)@rock-on.test", password: Secret(password))
    try await client.waitForFirstSync()
    return client
  }

  /// A phone that nobody is signed in on.
  func phone() async throws -> RockOn {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rockon-\(UUID())")
    let config = RockOnConfig(url: url, anonKey: Secret(anonKey), dataDir: folder)
    let client = try await RockOn.open(config, secrets: MemorySecrets())
    client.setForeground(true)
    return client
  }

  private static func send(_ method: String, _ path: String) async throws -> Data {
    let url = try #require(address.flatMap { URL(string: $0 + path) })
    var request = URLRequest(url: url, timeoutInterval: 60)
    request.httpMethod = method
    return try await URLSession.shared.data(for: request).0
  }
}

/// Secrets in memory.
final class MemorySecrets: SecretStore {
  private let secrets = Mutex<[String: Secret]>([:])
  func read(_ key: String) -> Secret? { secrets.withLock { $0[key] } }
  func write(_ value: Secret, for key: String) { secrets.withLock { $0[key] = value } }
  func delete(_ key: String) { secrets.withLock { $0[key] = nil } }
}
