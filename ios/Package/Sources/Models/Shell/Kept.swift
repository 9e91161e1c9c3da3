/// Small texts that outlive the process: where one was, what was chosen, what was typed and not saved yet.
public protocol Kept: Sendable {
  func read(_ key: String) -> String?
  /// Nothing removes it.
  func write(_ text: String?, for key: String)
}
