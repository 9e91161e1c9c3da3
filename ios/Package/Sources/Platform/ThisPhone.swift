import Foundation
import Models
import UIKit
import UserNotifications

/// What screens need of the phone.
public struct ThisPhone: Device {
  public init() {}

  public var server: String { URL(string: Server.ofTheBuild.url)?.host() ?? Server.ofTheBuild.url }

  public func clearNotifications() { UNUserNotificationCenter.current().removeAllDeliveredNotifications() }

  public func qrCode(_ text: String) -> QrCode? { Qr.code(of: text) }

  public func copy(_ text: String) { UIPasteboard.general.string = text }
}
