import Foundation
import Models
import Network
import RockOnCore

/// The one client of the app's process: two would want the same files.
///
/// Owns the files' place and protection, and tells the core what the system says of network and screen. Never decides what
/// the core decides.
public actor Phone: Door {
  /// The one.
  public static let shared = Phone()
  private var opening: Task<RockOn, any Error>?
  private var isOnScreen = false
  private var monitor: NWPathMonitor?

  /// The client as the models want it.
  public func open() async throws(RockOnError) -> any Core { try await client() }

  /// The client; opened by whoever asks first. After a failure the next one tries again.
  public func client() async throws(RockOnError) -> RockOn {
    let task = opening ?? Task { try await self.start() }
    opening = task
    do {
      return try await task.value
    } catch {
      opening = nil
      throw error as? RockOnError ?? .Storage(failure: .unreadable)
    }
  }

  /// Frees the files: the next one who asks opens those of the server that is kept then.
  public func close() async throws(RockOnError) {
    let before = opening
    opening = nil
    monitor?.cancel()
    if let client = try? await before?.value { try await client.shutdown() }
  }

  /// The app is on screen, or not.
  ///
  /// Whether the files can be opened is said by the first screen; a client that is opened later hears of it then.
  public func tellScreen(_ isOn: Bool) async {
    isOnScreen = isOn
    if let client = try? await opening?.value { client.setForeground(isOn) }
  }

  /// Sends and reads for a moment while the app is not on screen, and asks for another one where something is left.
  public func syncInBackground() async {
    if await BackgroundTurn.run(self, Notifications(), kept: Defaults()) { Refresh.ask() }
  }

  private func start() async throws -> RockOn {
    RockOnLog.start(.info)
    let own = Server.kept(in: Defaults())
    let server = own ?? .ofTheBuild
    // What is of one server is never shown at another.
    let name = own.map { "-\($0.ownName)" } ?? ""
    let secrets = KeychainSecrets(service: "org.rockon.app\(name)")
    let place = try Self.place("rockon\(name)")
    try FirstStart.prepare(files: place, secrets)
    let folder = try Self.protected(place)
    let config = RockOnConfig(
      url: server.url, anonKey: server.key, dataDir: folder, language: Preferences.spoken(in: Defaults()))
    let client = try await RockOn.open(config, secrets: secrets)
    client.setForeground(isOnScreen)
    watchNetwork(for: client)
    return client
  }

  /// A monitor that was started once says nothing to the next client.
  private func watchNetwork(for client: RockOn) {
    let monitor = NWPathMonitor()
    monitor.pathUpdateHandler = { path in client.setNetwork(path.status == .satisfied) }
    monitor.start(queue: .global())
    self.monitor = monitor
  }

  private static func place(_ name: String) throws -> URL {
    let support = try FileManager.default.url(
      for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
    return support.appending(path: name)
  }

  /// Readable in background jobs after the first unlock. Not in a backup, because the secrets are not either.
  private static func protected(_ place: URL) throws -> URL {
    var folder = place
    let protection = [FileAttributeKey.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication]
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: protection)
    var values = URLResourceValues()
    values.isExcludedFromBackup = true
    try folder.setResourceValues(values)
    return folder
  }
}

extension Server {
  /// The one that the build names in its Info.plist; a local one where it names none.
  static var ofTheBuild: Server {
    let info = Bundle.main.infoDictionary ?? [:]
    return Server(
      url: info["RockOnServer"] as? String ?? "http://127.0.0.1:54321",
      key: Secret(info["RockOnKey"] as? String ?? "sb_publishable_local"))
  }
}
