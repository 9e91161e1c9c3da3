import Foundation
import Models
import UIKit
import UserNotifications

/// What screens need of the phone.
public struct ThisPhone: Device {
  public init() {}

  public var server: String { (Server.kept(in: Defaults()) ?? .ofTheBuild).host }

  public var accounts: any Accounts { NoAccounts() }

  public func file(_ text: String, named name: String) throws -> URL {
    let file = FileManager.default.temporaryDirectory.appending(path: name)
    try Data(text.utf8).write(to: file, options: .atomic)
    return file
  }

  public func notificationsAllowed() async -> Allowed { await Notifications.allowed() }
  public func askForNotifications() async -> Allowed { await Notifications.ask() }
  public func clearNotifications() { UNUserNotificationCenter.current().removeAllDeliveredNotifications() }

  public func qrCode(_ text: String) -> QrCode? { Qr.code(of: text) }

  public func read(_ files: [URL]) async -> [ChosenFile] {
    files.map { file in
      let isOpened = file.startAccessingSecurityScopedResource()
      defer { if isOpened { file.stopAccessingSecurityScopedResource() } }
      // One byte more than the core takes: it says that this is too much.
      let bytes = try? FileHandle(forReadingFrom: file).read(upToCount: 20_000_001) ?? Data()
      return ChosenFile(name: file.lastPathComponent, bytes: bytes)
    }
  }

  public var now: Date { Date() }
  public func untilNextSecond() async {
    let passed = now.timeIntervalSinceReferenceDate.truncatingRemainder(dividingBy: 1)
    try? await Task.sleep(for: .seconds(1 - passed))
  }
  public func keepAwake(_ isAwake: Bool) { UIApplication.shared.isIdleTimerDisabled = isAwake }

  public func printOut(_ html: String, named name: String) {
    let (printer, about) = (UIPrintInteractionController.shared, UIPrintInfo.printInfo())
    about.jobName = name
    printer.printInfo = about
    printer.printFormatter = UIMarkupTextPrintFormatter(markupText: html)
    printer.present(animated: true)
  }

  public func copy(_ text: String) { UIPasteboard.general.string = text }
}
