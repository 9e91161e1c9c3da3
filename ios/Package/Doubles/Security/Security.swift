// Names and types of the part of Security that the app uses. On Apple's systems CoreFoundation gives these types.
@_exported import Foundation
public typealias OSStatus = Int32
// Bridging does not exist on Linux: the bridged types are the Swift ones, so that `as` is allowed.
public typealias CFString = String
public typealias CFDictionary = [String: Any]
public typealias CFTypeRef = AnyObject
public let errSecSuccess: OSStatus = 0, errSecItemNotFound: OSStatus = -25300, errSecDuplicateItem: OSStatus = -25299,
  errSecInteractionNotAllowed: OSStatus = -25308
public let kSecClass = CFString("class"), kSecClassGenericPassword = CFString("genp"), kSecAttrService = CFString("svce"), kSecAttrAccount = CFString("acct"),
  kSecAttrAccessGroup = CFString("agrp"), kSecAttrAccessible = CFString("pdmn"), kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly = CFString("cku"),
  kSecAttrSynchronizable = CFString("sync"), kSecUseDataProtectionKeychain = CFString("nleg"), kSecValueData = CFString("v_Data"),
  kSecReturnData = CFString("r_Data"), kSecMatchLimit = CFString("m_Limit"), kSecMatchLimitOne = CFString("m_LimitOne")
public func SecItemAdd(_ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus { 0 }
public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus { 0 }
public func SecItemUpdate(_ query: CFDictionary, _ attributesToUpdate: CFDictionary) -> OSStatus { 0 }
public func SecItemDelete(_ query: CFDictionary) -> OSStatus { 0 }
