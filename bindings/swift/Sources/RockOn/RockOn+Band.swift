/// How long an invite code is good for when nobody says otherwise: a week.
public let inviteHours = 168

/// Bands, members and invites: functions of the server. They need a network; nothing of them is queued.
extension RockOn {
  /// Makes a band with me as its admin. Returns the band.
  public func createBand(_ name: String) async throws(RockOnError) -> ScopeId {
    try await calling { try await core.createBand(name: name) }
  }

  /// Deletes a band and everything in it, for everybody.
  public func deleteBand(_ band: ScopeId) async throws(RockOnError) {
    try await calling { try await core.deleteBand(band: band) }
  }

  /// A code that others join with, `uses` times (at most 100) within `hours` (at most 720).
  public func createInvite(
    to band: ScopeId, uses: Int = 1, hours: Int = inviteHours
  ) async throws(RockOnError) -> String {
    try await calling {
      try await core.createInvite(band: band, uses: UInt16(clamping: uses), hours: UInt16(clamping: hours))
    }
  }

  /// A code for somebody who was in the band: for them alone, once. The only way back for who was removed.
  public func createInviteFor(
    _ member: UserId, to band: ScopeId, hours: Int = inviteHours
  ) async throws(RockOnError) -> String {
    try await calling {
      try await core.createInviteFor(band: band, member: member, hours: UInt16(clamping: hours))
    }
  }

  /// The open codes of a band, newest first. For admins.
  public func listInvites(of band: ScopeId) async throws(RockOnError) -> [Invite] {
    try await calling { try await core.listInvites(band: band) }
  }

  /// Closes a code. For admins.
  public func revokeInvite(_ invite: RowId) async throws(RockOnError) {
    try await calling { try await core.revokeInvite(invite: invite) }
  }

  /// Joins the band of an invite code. Returns the band; its songs come with the next pull.
  public func redeemInvite(_ code: String) async throws(RockOnError) -> ScopeId {
    try await calling { try await core.redeemInvite(code: code) }
  }

  /// Gives a member another role.
  public func setMemberRole(_ role: Role, of member: UserId, in band: ScopeId) async throws(RockOnError) {
    try await calling { try await core.setMemberRole(band: band, member: member, role: role) }
  }

  /// Takes a member out of the band. Their name stays where they did something.
  public func removeMember(_ member: UserId, from band: ScopeId) async throws(RockOnError) {
    try await calling { try await core.removeMember(band: band, member: member) }
  }

  /// Leaves a band. Its rows leave this phone; edits not yet sent are rejected.
  public func leaveBand(_ band: ScopeId) async throws(RockOnError) {
    try await calling { try await core.leaveBand(band: band) }
  }

  /// Whether others may see which setlists and shows I have opened.
  public func setShareSeen(_ share: Bool, in band: ScopeId) async throws(RockOnError) {
    try await calling { try await core.setShareSeen(band: band, share: share) }
  }

  /// Who has opened a setlist or a show of a band, up to which revision.
  public func seenBy(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> [SeenBy] {
    try await calling { try await core.seenBy(kind: kind, id: id) }
  }
}
