import Foundation
import Observation
import RockOnCore

/// What the app asks of the phone to begin with.
public protocol Door: Sendable {
  /// Opens the client of the build's own server.
  func open() async throws(RockOnError) -> any Core
}

/// The app as a whole: whether its files are open, and who is signed in.
///
/// Owns the shell, from sign-in to sign-out. Never knows what a screen shows.
@MainActor @Observable public final class AppModel {
  /// What is on screen.
  public enum Shown {
    /// The files are being opened: for less than a moment, so nothing is said.
    case opening
    case broken(RockOnError)
    /// Nobody is signed in.
    case outside(WelcomeScreenModel)
    case inside(Shell)
  }

  /// What is on screen.
  public private(set) var shown: Shown = .opening
  private let door: any Door
  private let kept: any Kept
  private let device: any Device

  /// Nothing is opened yet.
  public init(_ door: any Door, kept: any Kept, device: any Device) {
    (self.door, self.kept, self.device) = (door, kept, device)
  }

  /// Opens the core and follows who is signed in, until the task is cancelled. Once more after a failure.
  public func open() async {
    shown = .opening
    do throws(RockOnError) {
      let core = try await door.open()
      for await case .value(let status) in try core.watchStatus().deliveries { took(status, core) }
    } catch {
      shown = .broken(error)
    }
  }

  private func took(_ status: Status, _ core: any Core) {
    if case .signedOut = status.session {
      if case .outside = shown { return }
      return shown = .outside(WelcomeScreenModel(core))
    }
    // Somebody is signed in a moment before their data is open.
    guard status.sync != nil else { return }
    if case .inside = shown { return }
    shown = .inside(Shell(core, kept: kept, device: device))
  }
}
