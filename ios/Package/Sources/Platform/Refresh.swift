import BackgroundTasks

/// The system's own moments for us while the app is not on screen.
public enum Refresh {
  /// As Info.plist permits it.
  public static let identifier = "org.rockon.sync"

  /// Asks for the next one. The system decides when, and may refuse: then the next start of the app sends.
  public static func ask() {
    try? BGTaskScheduler.shared.submit(BGAppRefreshTaskRequest(identifier: identifier))
  }
}
