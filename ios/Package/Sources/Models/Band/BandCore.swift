import RockOnCore

/// What members, invites and what was deleted need of the core.
public protocol BandCore: Sendable {
  func watchMembers(of band: ScopeId, former: Bool) throws(RockOnError) -> Live<[ListChange<Member>]>
  func watchDeleted(in scope: ScopeId) throws(RockOnError) -> Live<[ListChange<Deleted>]>
  func createBand(_ name: String) async throws(RockOnError) -> ScopeId
  func deleteBand(_ band: ScopeId) async throws(RockOnError)
  func leaveBand(_ band: ScopeId) async throws(RockOnError)
  func createInvite(to band: ScopeId, uses: Int, hours: Int) async throws(RockOnError) -> String
  func createInviteFor(_ member: UserId, to band: ScopeId, hours: Int) async throws(RockOnError) -> String
  func listInvites(of band: ScopeId) async throws(RockOnError) -> [Invite]
  func revokeInvite(_ invite: RowId) async throws(RockOnError)
  func redeemInvite(_ code: String) async throws(RockOnError) -> ScopeId
  func setMemberRole(_ role: Role, of member: UserId, in band: ScopeId) async throws(RockOnError)
  func removeMember(_ member: UserId, from band: ScopeId) async throws(RockOnError)
  func setShareSeen(_ share: Bool, in band: ScopeId) async throws(RockOnError)
}

extension RockOn {
  /// The members of a band, live.
  public func watchMembers(of band: ScopeId, former: Bool) throws(RockOnError) -> Live<[ListChange<Member>]> {
    Live(try members(of: band, former: former))
  }
  /// What was deleted lately, live.
  public func watchDeleted(in scope: ScopeId) throws(RockOnError) -> Live<[ListChange<Deleted>]> {
    Live(try deleted(in: scope))
  }
}
