import Observation
import RockOnCore

/// One line that is typed over everything else, and what is done with it: a band made or joined, a new password.
@MainActor @Observable public final class EntryScreenModel {
  /// What is typed.
  public enum What: Hashable, Sendable { case makeBand, join, newPassword }

  public let what: What
  public var text: String { didSet { failure = nil } }
  public private(set) var failure: RockOnError?
  private var isBusy = false
  private let shell: Shell

  /// With what is known of it already.
  public init(_ what: What, _ shell: Shell, text: String = "") {
    (self.what, self.text, self.shell) = (what, text, shell)
  }

  public var canGoOn: Bool { !text.isEmpty && !isBusy }

  /// The person is done.
  public func goOnTapped() async {
    guard canGoOn else { return }
    isBusy = true
    defer { isBusy = false }
    do throws(RockOnError) {
      switch what {
      case .makeBand: shell.bands.chose(try await shell.core.createBand(text))
      case .join: shell.bands.chose(try await shell.core.redeemInvite(text))
      case .newPassword: try await shell.core.setPassword(Secret(text), code: nil)
      }
      shell.router.sheet = nil
      shell.tell(what == .join ? .inTheBand : .saved)
    } catch {
      failure = error
    }
  }

  /// The person does not want to.
  public func closeTapped() { shell.router.sheet = nil }
}

extension Shell {
  /// How somebody begins who is in no band yet.
  public func makeBandTapped() { router.sheet = .makeBand }
  /// By the code of an admin.
  public func joinTapped() { router.sheet = .join(code: "") }
  /// In no band, for now.
  public func justMineTapped() { router.sheet = nil }
  /// The person wants to send what waits.
  public func signInAgainTapped() { router.sheet = .signInAgain }
  /// The server of a link, which is used only when the person says so.
  public func serverTapped(_ server: Server) async {
    router.sheet = nil
    await useServer(server)
  }
}

extension WelcomeScreenModel {
  /// For whoever the server has signed out: the sheet goes when they are in again.
  public convenience init(again shell: Shell) {
    self.init(shell.core, device: shell.device, again: shell.email ?? "") { _ in shell.router.sheet = nil }
  }
}
