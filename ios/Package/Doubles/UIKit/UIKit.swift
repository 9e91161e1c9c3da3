@_exported import Foundation
public struct UIBackgroundTaskIdentifier: RawRepresentable, Hashable, Sendable {
  public let rawValue: Int; public init(rawValue: Int) { self.rawValue = rawValue }; public static let invalid = Self(rawValue: 0)
}
@MainActor open class UIApplication {
  public static var shared: UIApplication { UIApplication() }
  public var isIdleTimerDisabled = false
  public nonisolated func beginBackgroundTask(withName: String?, expirationHandler: (@MainActor @Sendable () -> Void)? = nil) -> UIBackgroundTaskIdentifier {
    .invalid
  }
  public nonisolated func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {}
  public var isProtectedDataAvailable: Bool { true }
}
@MainActor open class UIPrintInfo { public class func printInfo() -> UIPrintInfo { UIPrintInfo() }; public var jobName = ""; init() {} }
@MainActor open class UIPrintFormatter {}
@MainActor open class UIMarkupTextPrintFormatter: UIPrintFormatter { public init(markupText: String) {} }
@MainActor open class UIPrintInteractionController {
  public class var shared: UIPrintInteractionController { UIPrintInteractionController() }
  public var printInfo: UIPrintInfo?, printFormatter: UIPrintFormatter?
  public typealias CompletionHandler = (UIPrintInteractionController, Bool, (any Error)?) -> Void
  @discardableResult open func present(animated: Bool, completionHandler completion: CompletionHandler? = nil) -> Bool { true }
}
@MainActor public class UIPasteboard { public static let general = UIPasteboard(); public var string: String? }
extension FileManager { public func containerURL(forSecurityApplicationGroupIdentifier groupIdentifier: String) -> URL? { nil } }
extension URL { public func startAccessingSecurityScopedResource() -> Bool { true }; public func stopAccessingSecurityScopedResource() {} }
