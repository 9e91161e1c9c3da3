import Foundation
import Models
import UserNotifications

/// The system's notifications: one for each batch, in the default style.
struct Notifications: Notifier {
  func show(_ news: News, of band: String?) async throws {
    let content = UNMutableNotificationContent()
    content.title = band ?? ""
    content.body = news.lines.joined(separator: "\n")
    content.threadIdentifier = news.band?.text ?? ""
    content.categoryIdentifier = news.asks ? "waiting" : "band"
    let request = UNNotificationRequest(identifier: "notice-\(news.id)", content: content, trigger: nil)
    try await UNUserNotificationCenter.current().add(request)
  }

  static func allowed() async -> Allowed {
    switch await UNUserNotificationCenter.current().notificationSettings().authorizationStatus {
    case .notDetermined: .unasked
    case .denied: .no
    default: .yes
    }
  }

  /// The system asks once.
  static func ask() async -> Allowed {
    // What cannot be asked is not allowed.
    let isAllowed = try? await UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .sound])
    return isAllowed == true ? .yes : .no
  }
}
