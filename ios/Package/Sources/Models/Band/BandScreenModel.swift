import Foundation
import Observation
import RockOnCore

/// The chosen band: who is in it, and what the person may do about it.
@MainActor @Observable public final class BandScreenModel {
  /// A member, ready to be drawn.
  public struct Row: Hashable, Identifiable, Sendable {
    /// The membership.
    public let id: RowId
    public let name: String
    public let role: Role?
    public let since: Date?
    public let isMe: Bool
    /// False once they left or were removed.
    public let isActive: Bool
    let user: UserId?
  }

  /// A question that is open.
  public enum Asking: Hashable, Sendable {
    case leave
    case remove(Row)
    case rename, delete
  }

  /// In the core's order.
  public private(set) var members: [Row] = []
  /// Also those who are not in the band any more.
  public var showsFormer = false
  /// Others may see what the person has looked at; nothing until it is known.
  public private(set) var sharesSeen: Bool?
  /// The question that is open; nothing when none is.
  public var asking: Asking?
  /// What is typed into a question: a new name, or the band's name to delete it.
  public var typed = ""
  /// Why the members cannot be read.
  public private(set) var failure: RockOnError?
  private let shell: Shell

  /// Of the shell's band.
  public init(_ shell: Shell) { self.shell = shell }

  /// The band; nothing while it is the person's own songs.
  public var band: BandChoice? { shell.bands.chosen.flatMap { $0.name == nil ? nil : $0 } }
  /// What the person may not do is not offered.
  public var mayManage: Bool { band?.mayManage == true }
  /// Something of the person is not sent: leaving loses it.
  public var hasUnsent: Bool { shell.unsent > 0 }
  /// What was typed is enough for the question.
  public var canAnswer: Bool {
    switch asking {
    case .rename: !typed.isEmpty && typed != band?.name
    case .delete: typed == band?.name
    case .leave, .remove, nil: true
    }
  }

  /// What is followed: another band, or with former members, begins again.
  public struct Query: Equatable, Sendable {
    let band: ScopeId?
    let former: Bool
  }
  /// What is asked now.
  public var query: Query { Query(band: band?.id, former: showsFormer) }

  /// Follows the members until the task is cancelled.
  public func follow(_ query: Query) async {
    (members, sharesSeen, failure) = ([], nil, nil)
    guard let band = query.band else { return }
    let me = shell.bands.me
    var all: [Member] = []
    await shell.follow(
      { try shell.core.watchMembers(of: band, former: query.former) }, failed: { failure = $0 }
    ) { changes in
      all.apply(changes)
      failure = nil
      sharesSeen = all.first { $0.user == me && $0.active }?.shareSeen ?? nil
      members = all.map { one in
        Row(
          id: one.id, name: one.name, role: one.role, since: one.joinedDate, isMe: one.user == me && one.active,
          isActive: one.active, user: one.user)
      }
    }
  }

  /// One's own role is not for oneself to give; who left has none.
  public func canChange(_ row: Row) -> Bool { mayManage && row.isActive && !row.isMe && row.user != nil }
  /// Who left can come back by an invite of their own.
  public func canInviteAgain(_ row: Row) -> Bool { mayManage && !row.isActive && row.user != nil }

  /// Gives a member another role.
  public func roleChosen(_ role: Role, of row: Row) async {
    guard let band, let user = row.user, role != row.role else { return }
    await shell.attempt { try await shell.core.setMemberRole(role, of: user, in: band.id) }
  }

  /// Makes a code for who left: it stands among the invites.
  public func inviteAgainTapped(_ row: Row) async {
    guard let band, let user = row.user else { return }
    let made = await shell.attempt { _ = try await shell.core.createInviteFor(user, to: band.id, hours: inviteHours) }
    if made { invitesTapped() }
  }

  /// Shown as it will be at once.
  public func shareSeenSwitched(_ on: Bool) async {
    guard let band else { return }
    let before = sharesSeen
    sharesSeen = on
    if await !shell.attempt({ try await shell.core.setShareSeen(on, in: band.id) }) { sharesSeen = before }
  }

  /// The person asks for something that wants a second word.
  public func asked(_ question: Asking) {
    typed = question == .rename ? band?.name ?? "" : ""
    asking = question
  }

  /// The second word. The question is said, because it goes from the screen before this begins.
  public func answered(_ question: Asking?) async {
    asking = question
    guard let band, let name = band.name, let question, canAnswer else { return }
    let new = typed
    asking = nil
    switch question {
    case .leave:
      await act(.left(name)) { try await $0.leaveBand(band.id) }
    case .remove(let row):
      guard let user = row.user else { return }
      await act(.removed(row.name)) { try await $0.removeMember(user, from: band.id) }
    case .rename:
      await act(.saved) { _ = try await $0.change(.band, RowId(band.id.text), ["name": .text(text: new)]) }
    case .delete:
      await act(.deletedBand(name)) { try await $0.deleteBand(band.id) }
    }
  }

  /// Elsewhere.
  public func invitesTapped() { if let band { shell.router.go(to: .invites(band.id)) } }
  public func deletedTapped() { if let band = shell.bands.chosen { shell.router.go(to: .deleted(band.id)) } }
  public func makeTapped() { shell.makeBandTapped() }
  public func joinTapped() { shell.joinTapped() }
  public func settingsTapped() { shell.router.go(to: .settings) }
  public func statusTapped() { shell.router.go(to: .status) }

  private func act(_ done: Done, _ act: @MainActor (any Core) async throws -> Void) async {
    if await shell.attempt({ try await act(shell.core) }) { shell.tell(done) }
  }
}
