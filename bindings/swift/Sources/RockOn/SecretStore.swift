/// A small key-value store for secrets: the Keychain on a phone. The core calls it on threads of its own that may block,
/// never on the main thread, and from more than one of them.
///
/// Keys are ASCII letters, digits, `.` and `-`, at most 64 bytes; values are texts of at most 64 kB. Whatever an
/// implementation throws, ``SecretLost`` apart, becomes ``RockOnError`` `Secrets`; its own text stays where it is, for it
/// could hold anything.
public protocol SecretStore: Sendable {
  /// The value; nothing if there is none. Throws ``SecretLost`` when something is there that can never be opened again: its
  /// person is asked to sign in again, and everything else stays. Throws anything else when it cannot be known now but may
  /// be later, such as before the first unlock: then the client does not open.
  func read(_ key: String) throws -> Secret?

  /// Writes or replaces a value, a lost one too, durably and as a whole. Throws when the old value may still be there.
  func write(_ value: Secret, for key: String) throws

  /// Removes a value; no error if there is none. Throws when it may still be there.
  func delete(_ key: String) throws
}

/// A secret is there and can never be opened again: a backup was restored on another phone, or the item cannot be decoded
/// (`errSecDecode`).
public struct SecretLost: Error {
  public init() {}
}

/// The app's store as the generated code sees it.
final class SecretBridge: PlatformSecrets {
  private let store: any SecretStore

  init(_ store: any SecretStore) {
    self.store = store
  }

  func read(key: String) throws -> String? {
    try hidden { try store.read(key)?.exposed }
  }

  func write(key: String, value: String) throws {
    try hidden { try store.write(Secret(value), for: key) }
  }

  func delete(key: String) throws {
    try hidden { try store.delete(key) }
  }

  private func hidden<Value>(_ step: () throws -> Value) throws(PlatformError) -> Value {
    do {
      return try step()
    } catch is SecretLost {
      throw .Lost
    } catch {
      throw .Failed
    }
  }
}
