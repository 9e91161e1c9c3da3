// quick start: begin
import Foundation
import RockOnCore

/// Keeps nothing: for a first look. An app has the Keychain.
struct Forgetful: SecretStore {
  func read(_ key: String) -> Secret? { nil }
  func write(_ value: Secret, for key: String) {}
  func delete(_ key: String) {}
}

let config = RockOnConfig(
  url: "http://127.0.0.1:54321",
  anonKey: "sb_publishable_quick_start",
  dataDir: URL.temporaryDirectory.appending(path: "quick-start-\(UUID())"))
let core = try await RockOn.open(config, secrets: Forgetful())
if let status = try await core.statusNow() {
  print("core \(RockOn.version), \(status.session)")
}
try await core.shutdown()
// quick start: end
