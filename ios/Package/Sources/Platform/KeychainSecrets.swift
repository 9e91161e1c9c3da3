import Foundation
import RockOnCore
import Security

/// Secrets in the Keychain. They can be read after the first unlock, so in background jobs too, and on this device only: a
/// backup does not take them to another one.
public struct KeychainSecrets: SecretStore {
  private let service: String

  public init(service: String) {
    self.service = service
  }

  public func read(_ key: String) throws -> Secret? {
    var query = item(key)
    query[kSecReturnData as String] = true
    var found: CFTypeRef?
    switch SecItemCopyMatching(query as CFDictionary, &found) {
    case errSecSuccess:
      guard let data = found as? Data, let text = String(data: data, encoding: .utf8) else { throw SecretLost() }
      return Secret(text)
    case errSecItemNotFound: return nil
    case errSecDecode: throw SecretLost()
    case let status: throw KeychainFailure(status: status)
    }
  }

  public func write(_ value: Secret, for key: String) throws {
    let new: [String: Any] = [
      kSecValueData as String: Data(value.exposed.utf8),
      kSecAttrAccessible as String: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
    ]
    var status = SecItemUpdate(item(key) as CFDictionary, new as CFDictionary)
    if status == errSecDecode {
      try delete(key)  // What is there is lost; it makes room.
      status = errSecItemNotFound
    }
    if status == errSecItemNotFound {
      let whole = item(key).merging(new) { _, new in new }
      status = SecItemAdd(whole as CFDictionary, nil)
    }
    guard status == errSecSuccess else { throw KeychainFailure(status: status) }
  }

  public func delete(_ key: String) throws {
    try remove(item(key))
  }

  /// All of them: the Keychain outlives the app, so one that was installed again may want to begin with none.
  public func deleteAll() throws {
    try remove([kSecClass as String: kSecClassGenericPassword, kSecAttrService as String: service])
  }

  private func remove(_ query: [String: Any]) throws {
    let status = SecItemDelete(query as CFDictionary)
    guard status == errSecSuccess || status == errSecItemNotFound else { throw KeychainFailure(status: status) }
  }

  private func item(_ key: String) -> [String: Any] {
    [
      kSecClass as String: kSecClassGenericPassword,
      kSecAttrService as String: service,
      kSecAttrAccount as String: key,
    ]
  }
}

/// The Keychain could not do a step now; it may later.
public struct KeychainFailure: Error {
  public let status: OSStatus
}
