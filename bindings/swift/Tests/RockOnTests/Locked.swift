import Foundation
import Synchronization

/// A value behind a lock, for test doubles that several threads call.
final class Locked<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: sending Value) { self.value = Mutex(value) }

  func with<Answer: Sendable>(_ work: (inout Value) -> Answer) -> Answer {
    value.withLock { work(&$0) }
  }
}
