import Foundation
import Network
import RockOnCore

// wiring: begin
/// The one client of the app's process: two would want the same files.
public actor Core {
  /// The one.
  public static let shared = Core()
  private var opening: Task<RockOn, any Error>?

  /// The client; opened by whoever asks first. After a failure the next one tries again.
  public func client() async throws -> RockOn {
    let task = opening ?? Task { try await Self.open() }
    opening = task
    do {
      return try await task.value
    } catch {
      opening = nil
      throw error
    }
  }

  private static func open() async throws -> RockOn {
    RockOnLog.start(.info) { line in print("\(line.part): \(line.text)") }
    let support = try FileManager.default.url(
      for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
    let config = RockOnConfig(
      url: "https://abcd.supabase.co",
      anonKey: "sb_publishable_...",
      dataDir: support.appending(path: "rockon"))
    return try await RockOn.open(config, secrets: KeychainSecrets(service: "org.example.quick-start"))
  }
}

/// There is a network, or none. Only a hint: without it the core finds out by trying. Keep the monitor.
public func tellNetwork(_ core: RockOn) -> NWPathMonitor {
  let monitor = NWPathMonitor()
  monitor.pathUpdateHandler = { path in core.setNetwork(path.status == .satisfied) }
  monitor.start(queue: .global())
  return monitor
}

/// The app is on screen, or not: `.onChange(of: scenePhase) { tellScreen(core, scenePhase != .background) }` in SwiftUI.
public func tellScreen(_ core: RockOn, _ isOn: Bool) {
  core.setForeground(isOn)
}

/// Sends what is unsent and reads what is new while the app is not on screen. SwiftUI runs it as
/// `.backgroundTask(.appRefresh("org.example.sync")) { await syncInBackground() }`; an app on its way out of sight runs it
/// within `ProcessInfo.performExpiringActivity`.
public func syncInBackground() async {
  do {
    let outcome = try await Core.shared.client().syncOnce(budget: .seconds(20))
    if !outcome.complete { print("something is left for the next time") }
  } catch {
    print("not synced: \(error)")  // An error of the core holds no token, title or address.
  }
}
// wiring: end
