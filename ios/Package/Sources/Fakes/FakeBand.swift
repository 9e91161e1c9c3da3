import Models
import RockOnCore
import Synchronization

/// What the fake core tells of a band.
public final class FakeBand: Sendable {
  private let open = Mutex<[Invite]>([])
  public let members = Channel<[ListChange<Member>]>()
  public let deleted = Channel<[ListChange<Deleted>]>()
  /// The open invites.
  public var invites: [Invite] {
    get { open.withLock { $0 } }
    set { open.withLock { $0 = newValue } }
  }
}

/// The part of the core that a band needs.
extension FakeCore {
  /// What the test says.
  public func watchMembers(of band: ScopeId, former: Bool) throws(RockOnError) -> Live<[ListChange<Member>]> {
    if former { try call("former members") }
    return ofBand.members.live()
  }
  /// What the test says.
  public func watchDeleted(in scope: ScopeId) -> Live<[ListChange<Deleted>]> { ofBand.deleted.live() }
  /// Counted.
  public func createBand(_ name: String) async throws(RockOnError) -> ScopeId {
    try call("create band \(name)")
    return Samples.scope
  }
  /// Counted.
  public func deleteBand(_ band: ScopeId) async throws(RockOnError) { try call("delete band \(band)") }
  /// Counted.
  public func leaveBand(_ band: ScopeId) async throws(RockOnError) { try call("leave \(band)") }
  /// The code of the first invite that the test says.
  public func createInvite(to band: ScopeId, uses: Int, hours: Int) async throws(RockOnError) -> String {
    try call("invite \(uses) for \(hours) hours")
    return ofBand.invites.first?.code ?? ""
  }
  /// Counted.
  public func createInviteFor(_ member: UserId, to band: ScopeId, hours: Int) async throws(RockOnError) -> String {
    try call("invite \(member)")
    return ""
  }
  /// What the test says.
  public func listInvites(of band: ScopeId) async throws(RockOnError) -> [Invite] {
    try call("invites")
    return ofBand.invites
  }
  /// Counted.
  public func revokeInvite(_ invite: RowId) async throws(RockOnError) { try call("revoke \(invite)") }
  /// Counted.
  public func redeemInvite(_ code: String) async throws(RockOnError) -> ScopeId {
    try call("join by \(code)")
    return Samples.scope
  }
  /// Counted.
  public func setMemberRole(_ role: Role, of member: UserId, in band: ScopeId) async throws(RockOnError) {
    try call("role \(role.code) of \(member)")
  }
  /// Counted.
  public func removeMember(_ member: UserId, from band: ScopeId) async throws(RockOnError) {
    try call("remove \(member)")
  }
  /// Counted.
  public func setShareSeen(_ share: Bool, in band: ScopeId) async throws(RockOnError) {
    try call("share seen \(share)")
  }
}
