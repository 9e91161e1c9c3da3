import Foundation
import Synchronization

// The names of the Keychain that the examples use, over a dictionary: to run them where there is none.

public typealias CFString = String
public typealias CFTypeRef = Any
public typealias CFDictionary = [String: Any]
public typealias OSStatus = Int32

public let errSecSuccess: OSStatus = 0
public let errSecItemNotFound: OSStatus = -25300
public let errSecDuplicateItem: OSStatus = -25299
public let errSecInteractionNotAllowed: OSStatus = -25308
public let errSecDecode: OSStatus = -26275

public let kSecClass: CFString = "class"
public let kSecClassGenericPassword: CFString = "genp"
public let kSecAttrService: CFString = "svce"
public let kSecAttrAccount: CFString = "acct"
public let kSecAttrAccessible: CFString = "pdmn"
public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
public let kSecValueData: CFString = "v_Data"
public let kSecReturnData: CFString = "r_Data"

/// One Keychain for the process.
public final class Keychain: Sendable {
  public static let shared = Keychain()
  fileprivate struct Held {
    var items: [[String]: Data?] = [:]
    var locked = false
  }
  fileprivate let held = Mutex(Held())

  /// The items of this account can never be decoded again.
  public func damage(account: String) {
    held.withLock { held in
      for key in held.items.keys where key[1] == account { held.items[key] = .some(nil) }
    }
  }

  /// As before the first unlock.
  public func lock(_ on: Bool) {
    held.withLock { $0.locked = on }
  }

  fileprivate func with(_ query: CFDictionary, _ work: (inout Held, [[String]]) -> OSStatus) -> OSStatus {
    guard query[kSecClass] as? String == kSecClassGenericPassword else { return errSecItemNotFound }
    let service = query[kSecAttrService] as? String
    let account = query[kSecAttrAccount] as? String
    return held.withLock { held in
      if held.locked { return errSecInteractionNotAllowed }
      let found = held.items.keys.filter { $0[0] == service && (account == nil || $0[1] == account) }
      return work(&held, Array(found))
    }
  }
}

public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
  Keychain.shared.with(query) { held, found in
    guard let key = found.first, let item = held.items[key] else { return errSecItemNotFound }
    guard let item else { return errSecDecode }
    result?.pointee = item
    return errSecSuccess
  }
}

public func SecItemAdd(_ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
  Keychain.shared.with(attributes) { held, found in
    guard found.isEmpty else { return errSecDuplicateItem }
    let key = [attributes[kSecAttrService], attributes[kSecAttrAccount]].map { $0 as? String ?? "" }
    held.items[key] = attributes[kSecValueData] as? Data
    return errSecSuccess
  }
}

public func SecItemUpdate(_ query: CFDictionary, _ attributes: CFDictionary) -> OSStatus {
  Keychain.shared.with(query) { held, found in
    guard let key = found.first, let item = held.items[key] else { return errSecItemNotFound }
    guard item != nil else { return errSecDecode }
    held.items[key] = attributes[kSecValueData] as? Data
    return errSecSuccess
  }
}

public func SecItemDelete(_ query: CFDictionary) -> OSStatus {
  Keychain.shared.with(query) { held, found in
    for key in found { held.items.removeValue(forKey: key) }
    return found.isEmpty ? errSecItemNotFound : errSecSuccess
  }
}
