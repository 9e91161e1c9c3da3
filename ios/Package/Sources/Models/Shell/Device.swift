import Foundation

/// What screens need of the phone besides the core.
public protocol Device: Sendable {
  /// The host of the server that the app speaks to.
  var server: String { get }
  /// Accounts of others that one signs in with.
  var accounts: any Accounts { get }
  /// A file for other apps, gone when the system wants its place.
  func file(_ text: String, named name: String) throws -> URL
  /// Puts a text where other apps can paste it.
  @MainActor func copy(_ text: String)
  /// A text as black points, for cameras; nothing where that cannot be.
  func qrCode(_ text: String) -> QrCode?
  /// What the system showed of us was looked at.
  func clearNotifications()
}
