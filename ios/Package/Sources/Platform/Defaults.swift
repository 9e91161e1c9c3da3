import Foundation
import Models

/// Small texts in the app's own settings. Nothing secret: they are in a backup as they are.
public struct Defaults: Kept {
  public init() {}

  public func read(_ key: String) -> String? { UserDefaults.standard.string(forKey: key) }

  public func write(_ text: String?, for key: String) { UserDefaults.standard.set(text, forKey: key) }
}
