import Foundation
import Observation
import RockOnCore

/// What the app asks of the phone to begin with.
public protocol Door: Sendable {
  /// Opens the client of the server that is kept, or of the build's own.
  func open() async throws(RockOnError) -> any Core
  /// Lets go of the client: the next one is of the server that is kept then.
  func close() async throws(RockOnError)
}

/// The app as a whole: whether its files are open, and who is signed in.
///
/// Owns the shell, from sign-in to sign-out, and which server is spoken to. Never knows what a screen shows.
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
  /// It is opened once more whenever this is another.
  public private(set) var turn = 0
  /// What is chosen for this phone.
  public let preferences: Preferences
  private let door: any Door
  private let kept: any Kept
  private let device: any Device
  private var user: UserId?
  /// What comes next for whoever is signed in now.
  private var next: Sheet?

  /// Nothing is opened yet.
  public init(_ door: any Door, kept: any Kept, device: any Device) {
    (self.door, self.kept, self.device) = (door, kept, device)
    preferences = Preferences(kept)
  }

  /// Opens the core and follows who is signed in, until the task is cancelled. Once more after a failure.
  public func open() async {
    shown = .opening
    do throws(RockOnError) {
      let core = try await door.open()
      core.setLanguage(preferences.spoken)
      for await case .value(let status) in try core.watchStatus().deliveries { took(status, core) }
    } catch {
      shown = .broken(error)
    }
  }

  /// The person wants it tried once more.
  public func tryAgainTapped() { turn += 1 }

  /// The band's own server, or the build's: whoever is signed in here stays so at the other.
  public func use(_ server: Server?) async {
    do throws(RockOnError) {
      try await door.close()
      Server.keep(server, in: kept)
      (user, shown) = (nil, .opening)
      turn += 1
    } catch {
      shown = .broken(error)
    }
  }

  private func took(_ status: Status, _ core: any Core) {
    guard let account = status.account else {
      if case .outside = shown { return }
      user = nil
      let isOwn = Server.kept(in: kept) != nil
      let welcome = WelcomeScreenModel(core, device: device, isOwnServer: isOwn) { [weak self] in await self?.took($0) }
      return shown = .outside(welcome)
    }
    // Somebody is signed in a moment before their data is open.
    guard status.sync != nil else { return }
    if case .inside = shown, user == account.user { return }
    enter(account, core)
  }

  /// Another member on the same phone finds nothing of who was here before.
  private func enter(_ account: Account, _ core: any Core) {
    user = account.user
    let kept = OfAccount(kept: kept, user: account.user)
    let shell = Shell(
      core, kept: kept, device: device, preferences: preferences, useServer: { [weak self] in await self?.use($0) })
    if case .outside(let welcome) = shown, let link = welcome.waiting { shell.router.follow(link) }
    if let next { shell.router.sheet = next }
    next = nil
    shown = .inside(shell)
  }

  private func took(_ outcome: WelcomeScreenModel.Outcome) async {
    switch outcome {
    case .inside: break
    case .then(let sheet): if case .inside(let shell) = shown { shell.router.sheet = sheet } else { next = sheet }
    case .server(let server): await use(server)
    }
  }
}
