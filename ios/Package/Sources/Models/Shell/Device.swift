import Foundation

/// Whether the system may tell what came.
public enum Allowed: Sendable { case yes, no, unasked }

/// What screens need of the phone besides the core.
public protocol Device: Sendable {
  /// The host of the server that the app speaks to.
  var server: String { get }
  /// Accounts of others that one signs in with.
  var accounts: any Accounts { get }
  /// A file for other apps, gone when the system wants its place.
  func file(_ text: String, named name: String) throws -> URL
  /// Files that the person chose, as far as the core takes them.
  func read(_ files: [URL]) async -> [ChosenFile]
  /// Puts a text where other apps can paste it.
  @MainActor func copy(_ text: String)
  /// What the clock says.
  var now: Date { get }
  /// Until the clock shows the next second.
  func untilNextSecond() async
  /// The screen does not go dark by itself.
  @MainActor func keepAwake(_ isAwake: Bool)
  /// Offers a page of HTML to printers.
  @MainActor func printOut(_ html: String, named name: String)
  /// A text as black points, for cameras; nothing where that cannot be.
  func qrCode(_ text: String) -> QrCode?
  func notificationsAllowed() async -> Allowed
  /// The system asks the person, once.
  func askForNotifications() async -> Allowed
  /// What the system showed of us was looked at.
  func clearNotifications()
}
