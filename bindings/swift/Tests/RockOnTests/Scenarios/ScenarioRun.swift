import Foundation
import RockOnCore
import Synchronization

/// One scenario being played.
actor ScenarioRun {
  let world: World
  let patience: Duration
  private var phones: [String: Phone] = [:]
  private var rows: [String: RowId] = [:]
  private var bands: [String: ScopeId] = [:]
  var taken: [RowId: TakenItem] = [:]
  private var codes: [String: String] = [:]

  init(_ world: World, patience: Duration) {
    self.world = world
    self.patience = patience
  }

  /// Plays a step.
  func play(_ step: Step) async throws {
    if step["server"] != nil { return try await world.play(step) }
    guard let name = step["phone"]?.word else { throw Broken("whose step is \(step)?") }
    let client = try await phone(name).running()
    if let what = step["expect"]?.word { return try await expect(what, client, step) }
    guard let verb = step["do"]?.word else { throw Broken("what is done in \(step)?") }
    guard let code = step["fails"]?.word else { return try await act(verb, name, client, step) }
    do {
      try await act(verb, name, client, step)
    } catch let error as RockOnError where error.code == code || told(error) == code {
      return
    }
    throw NotReached(description: "\(verb) did not fail with \(code)")
  }

  /// `auth:otp_expired`: with the reason that the auth service gave.
  private func told(_ error: RockOnError) -> String {
    if case .Auth(let reason) = error { "auth:\(reason.code)" } else { error.code }
  }

  /// Frees everything.
  func end() async {
    for phone in phones.values { await phone.end() }
  }

  func phone(_ name: String) throws -> Phone {
    if let phone = phones[name] { return phone }
    let phone = try Phone(world)
    phones[name] = phone
    return phone
  }

  func kind(_ step: Step) throws -> Kind {
    switch step["kind"]?.word ?? "song" {
    case "song": .song
    case "setlist": .setlist
    case "show": .show
    case "practice": .practice
    case let other: throw Broken("no kind \(other)")
    }
  }

  func name(_ word: String?, _ id: RowId, _ kind: Kind) {
    if let word { rows["\(kind) \(word)"] = id }
  }

  func known(_ word: String, _ kind: Kind) -> RowId? { rows["\(kind) \(word)"] }

  /// The row that a word or a name means; one that is not there yet is waited for.
  func row(_ word: String?, _ kind: Kind, _ client: RockOn) async throws -> RowId {
    guard let word else { throw Broken("which row?") }
    if let id = known(word, kind) { return id }
    let id = try await client.untilRows(kind, patience) { $0.first { $0.name == word }?.id }
    name(word, id, kind)
    return id
  }

  func band(_ word: String?) throws -> ScopeId {
    guard let word else { return world.band }
    guard let band = bands[word] else { throw Broken("no band \(word)") }
    return band
  }

  func called(_ word: String?, band: ScopeId) { if let word { bands[word] = band } }
  func called(_ word: String?, code: String) { if let word { codes[word] = code } }
  func code(_ word: String) -> String { codes[word] ?? word }

  func member(_ name: String, _ client: RockOn) async throws -> UserId {
    let (patience, band) = (patience, world.band)
    return try await until(list: patience, { try client.members(of: band, former: true) }) { members in
      members.first { $0.name.lowercased() == name.lowercased() }?.user
    }
  }
}

/// A phone: files and secrets that outlive the program on it.
actor Phone {
  private let config: RockOnConfig
  private let directory: URL
  private let secrets = MemorySecrets()
  private var client: RockOn?
  private var network = true
  private var foreground = true

  init(_ world: World) throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("rockon-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    config = RockOnConfig(
      url: world.url, anonKey: Secret(world.key), dataDir: directory)
  }

  func running() async throws -> RockOn {
    if let client { return client }
    let client = try await opened()
    client.setNetwork(network)
    client.setForeground(foreground)
    self.client = client
    return client
  }

  /// One that was just killed frees its file a moment later than a real kill would.
  private func opened() async throws -> RockOn {
    let (config, secrets) = (config, secrets)
    let client = try await within(.seconds(20)) { () -> RockOn? in
      while !Task.isCancelled {
        let opened = await Result.of { try await RockOn.open(config, secrets: secrets) }
        guard case .failure(let error) = opened else { return try opened.get() }
        guard case RockOnError.Storage(failure: .locked) = error else { throw error }
        await Task.yield()
      }
      return nil
    }
    guard let client else { throw Broken("the phone does not open") }
    return client
  }

  func kill() { client = nil }

  func setNetwork(_ on: Bool) {
    network = on
    client?.setNetwork(on)
  }

  func setForeground(_ on: Bool) {
    foreground = on
    client?.setForeground(on)
  }

  func end() async {
    try? await client?.shutdown()
    client = nil
    try? FileManager.default.removeItem(at: directory)
  }
}

extension Result where Success: Sendable, Failure == any Error {
  /// What an asynchronous call gives or throws.
  fileprivate static func of(_ call: () async throws -> Success) async -> Self {
    do {
      return .success(try await call())
    } catch {
      return .failure(error)
    }
  }
}

/// Secrets that forget with the process.
final class MemorySecrets: SecretStore {
  private let values = Mutex<[String: Secret]>([:])

  func read(_ key: String) -> Secret? { values.withLock { $0[key] } }
  func write(_ value: Secret, for key: String) { values.withLock { $0[key] = value } }
  func delete(_ key: String) { values.withLock { $0[key] = nil } }
}
