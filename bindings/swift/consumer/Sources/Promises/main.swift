import Foundation
import Platform
import RockOnCore
import Security

struct Broken: Error {
  let promise: String
}

func check(_ holds: Bool, _ promise: String) throws {
  if !holds { throw Broken(promise: promise) }
}

func isLost(_ read: () throws -> Secret?) -> Bool {
  do {
    _ = try read()
    return false
  } catch {
    return error is SecretLost
  }
}

// What a secret store promises, held by the example of the README.
let store = KeychainSecrets(service: "org.example.promises-\(UUID())")
try check(try store.read("a") == nil, "there is none")
try store.delete("a")
try store.write("one", for: "a")
try store.write("two", for: "a")
try check(try store.read("a") == "two", "a write replaces")
try store.write("other", for: "b")
try store.delete("b")
try check(try store.read("b") == nil && store.read("a") == "two", "one was deleted, not the other")
#if os(Linux)
  Keychain.shared.damage(account: "a")
  try check(isLost { try store.read("a") }, "an item that cannot be decoded")
  try store.write("three", for: "a")
  try check(try store.read("a") == "three", "a lost one is replaced")
  Keychain.shared.lock(true)
  do {
    _ = try store.read("a")
    throw Broken(promise: "before the first unlock nothing is known")
  } catch is KeychainFailure {
    Keychain.shared.lock(false)
  }
#endif
try store.deleteAll()
try check(try store.read("a") == nil, "all were deleted")
print("all promises are held")
