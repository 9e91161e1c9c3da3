import Foundation
import Observation
import RockOnCore

/// A code of black points, without the white around it.
public struct QrCode: Hashable, Sendable {
  /// A black point.
  public struct Point: Hashable, Sendable {
    public let x, y: Int
    public init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
  }

  /// How many points are in a row.
  public let side: Int
  public let points: [Point]
  public init(side: Int, points: [Point]) { (self.side, self.points) = (side, points) }
}

/// The open codes of a band. They are the server's alone: without a network there is nothing to show.
@MainActor @Observable public final class InvitesScreenModel {
  /// An open invite, ready to be drawn.
  public struct Row: Hashable, Identifiable, Sendable {
    /// The invite.
    public let id: RowId
    public let code: String
    /// What a phone opens.
    public let link: URL
    /// How many came by it, of how many.
    public let uses, total: Int
    public let expires: Date
    /// For this person alone.
    public let forName: String?

    init?(_ invite: Invite) {
      guard let link = URL(string: AppLink.join(code: invite.code).text) else { return nil }
      self.link = link
      (id, code, uses, total) = (invite.id, invite.code, invite.uses, invite.maxUses)
      (expires, forName) = (invite.expiresAt, invite.memberName)
    }
  }

  /// How many may come by one code, and for how many days it is good.
  public static let choicesOfUses = [1, 5, 20]
  public static let choicesOfDays = [1, 7, 30]

  /// The newest first.
  public private(set) var rows: [Row] = []
  /// The server has told them.
  public private(set) var isLoaded = false
  /// The one that is shown large, with its code as points.
  public private(set) var shown: Row?
  public private(set) var qr: QrCode?
  /// Of the next one.
  public var uses = 5
  public var days = 7
  /// The one that would end: the question is open.
  public var asksToRevoke: Row?
  public private(set) var failure: RockOnError?
  private var isBusy = false
  private let band: ScopeId
  private let shell: Shell

  /// Of this band.
  public init(_ band: ScopeId, _ shell: Shell) { (self.band, self.shell) = (band, shell) }

  /// Its name.
  public var name: String { shell.bands.all.first { $0.id == band }?.name ?? "" }
  public var canMake: Bool { !isBusy }

  /// Who joins uses a code up: read again whenever the members change, until the task is cancelled.
  public func follow() async {
    await shell.follow({ try shell.core.watchMembers(of: band, former: false) }, failed: failed) { _ in
      await load()
    }
  }

  /// Reads them again.
  public func load(showing code: String? = nil) async {
    do throws(RockOnError) {
      rows = try await shell.core.listInvites(of: band).compactMap(Row.init)
      (isLoaded, failure) = (true, nil)
      let wanted = code ?? shown?.code
      show(rows.first { $0.code == wanted } ?? rows.first)
    } catch {
      failure = error
    }
  }

  /// The person wants to see this one large.
  public func tapped(_ row: Row) { show(row) }

  /// Makes another code.
  public func makeTapped() async {
    guard canMake else { return }
    isBusy = true
    defer { isBusy = false }
    await shell.attempt {
      let code = try await shell.core.createInvite(to: band, uses: uses, hours: days * 24)
      await load(showing: code)
    }
  }

  public func copyTapped(_ row: Row) {
    shell.device.copy(row.code)
    shell.tell(.copied)
  }

  /// Ends a code, after a question.
  public func revokeTapped(_ row: Row) { asksToRevoke = row }
  public func revokeAnywayTapped(_ row: Row?) async {
    guard let row else { return }
    asksToRevoke = nil
    guard await shell.attempt({ try await shell.core.revokeInvite(row.id) }) else { return }
    shell.tell(.codeRevoked)
    await load()
  }

  private func show(_ row: Row?) {
    guard row != shown else { return }
    shown = row
    qr = row.flatMap { shell.device.qrCode($0.link.absoluteString) }
  }

  private func failed(_ error: RockOnError) { failure = error }
}
