@_exported import Foundation
public struct UNAuthorizationOptions: OptionSet, Sendable {
  public let rawValue: UInt; public init(rawValue: UInt) { self.rawValue = rawValue };
  public static let badge = Self(rawValue: 1), sound = Self(rawValue: 2), alert = Self(rawValue: 4)
}
public enum UNAuthorizationStatus: Int, Sendable { case notDetermined, denied, authorized, provisional, ephemeral }
open class UNNotificationContent { public var title: String { "" }; public var body: String { "" } }
public class UNMutableNotificationContent: UNNotificationContent {
  public override init() {};
  public override var title: String {
    get { "" }
    set {}
  };
  public override var body: String {
    get { "" }
    set {}
  }; public var threadIdentifier = ""; public var categoryIdentifier = ""; public var userInfo: [AnyHashable: Any] = [:]
}
open class UNNotificationTrigger {}
public class UNNotificationRequest: @unchecked Sendable { public init(identifier: String, content: UNNotificationContent, trigger: UNNotificationTrigger?) {} }
public class UNNotificationSettings: @unchecked Sendable { public var authorizationStatus: UNAuthorizationStatus { .denied } }
public class UNUserNotificationCenter: @unchecked Sendable {
  public class func current() -> UNUserNotificationCenter { UNUserNotificationCenter() }
  public func requestAuthorization(options: UNAuthorizationOptions = []) async throws -> Bool { true }
  public func notificationSettings() async -> UNNotificationSettings { UNNotificationSettings() }
  public func add(_ request: UNNotificationRequest) async throws {}
  public func setBadgeCount(_ newBadgeCount: Int) async throws {}
  public func removeAllDeliveredNotifications() {}
  public func removeDeliveredNotifications(withIdentifiers identifiers: [String]) {}
}
