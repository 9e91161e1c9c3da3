import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct BandTests {
  private func member(_ name: String, _ user: UserId, active: Bool = true) -> Member {
    Member(
      id: RowId(name), scope: Samples.scope, user: user, name: name, role: .member, active: active, shareSeen: true,
      joinedDate: nil)
  }

  private func opened(mayManage: Bool = true) async throws -> (Phone, BandScreenModel) {
    let phone = try await Phone()
    phone.core.bands.tell([.reset([Samples.band(mayManage: mayManage)])])
    let sam = UserId("sam"), noel = UserId("noel")
    phone.core.ofBand.members.tell([
      .reset([member("Eric", Samples.me), member("Sam", sam), member("Noel", noel, active: false)])
    ])
    let model = BandScreenModel(phone.shell)
    try await until("the role") { model.mayManage == mayManage }
    Task { await model.follow(model.query) }
    try await until("the members") { model.members.count == 3 }
    return (phone, model)
  }

  @Test func anAdminGivesRolesToOthersOnlyAndInvitesWhoLeft() async throws {
    let (phone, model) = try await opened()
    #expect(model.members.map(model.canChange) == [false, true, false])
    #expect(model.members.map(model.canInviteAgain) == [false, false, true])
    await model.roleChosen(.member, of: model.members[1])
    #expect(phone.core.calls.isEmpty)
    await model.roleChosen(.viewer, of: model.members[1])
    #expect(phone.core.calls.last == "role viewer of sam")
    await model.inviteAgainTapped(model.members[2])
    #expect(phone.shell.router.path(of: .setlists) == [.invites(Samples.scope)])
  }

  @Test func whoDoesNotManageChangesNobody() async throws {
    let (_, model) = try await opened(mayManage: false)
    #expect(model.members.map(model.canChange) == [false, false, false])
    #expect(model.members.map(model.canInviteAgain) == [false, false, false])
  }

  @Test func whatLeavingWouldLoseIsSaidAlsoWhereTheNetworkIs() async throws {
    let (phone, model) = try await opened()
    #expect(!model.hasUnsent)
    phone.core.status.tell(Samples.status(network: true, unsent: 2))
    try await until("two that wait") { phone.shell.unsent == 2 }
    #expect(model.hasUnsent)
  }

  @Test func aBandIsDeletedOnlyByItsName() async throws {
    let (phone, model) = try await opened()
    model.asked(.delete)
    model.typed = "the loops"
    await model.answered(model.asking)
    #expect(!model.canAnswer && phone.core.calls.isEmpty)
    model.typed = "The Loops"
    await model.answered(model.asking)
    #expect(phone.core.calls.last == "delete band \(Samples.scope)" && model.asking == nil)
    #expect(phone.shell.bars.bar?.what == .done(.deletedBand("The Loops")))
  }

  @Test func aBandIsRenamedAMemberRemovedAndTheBandLeft() async throws {
    let (phone, model) = try await opened()
    model.asked(.rename)
    #expect(model.typed == "The Loops" && !model.canAnswer)
    model.typed = "The Loopers"
    await model.answered(model.asking)
    #expect(phone.core.written == ["name": "The Loopers"])
    model.asked(.remove(model.members[1]))
    await model.answered(model.asking)
    #expect(phone.core.calls.last == "remove sam" && phone.shell.bars.bar?.what == .done(.removed("Sam")))
    model.asked(.leave)
    await model.answered(model.asking)
    #expect(phone.core.calls.last == "leave \(Samples.scope)")
  }

  @Test func whatIsNotSharedAfterAllIsShownAsItIs() async throws {
    let (phone, model) = try await opened()
    #expect(model.sharesSeen == true)
    phone.core.fail(with: .Offline)
    await model.shareSeenSwitched(false)
    #expect(model.sharesSeen == true && phone.shell.bars.bar?.what == .failed(.Offline))
    phone.core.fail(with: nil)
    await model.shareSeenSwitched(false)
    #expect(model.sharesSeen == false && phone.core.calls.last == "share seen false")
  }

  @Test func aNewCodeIsShownLargeAndOneIsRevokedAfterAQuestion() async throws {
    let phone = try await Phone()
    func invite(_ code: String) -> Invite {
      Invite(
        id: RowId(code), code: code, by: nil, byName: nil, expiresAt: Date(), maxUses: 5, uses: 0, member: nil,
        memberName: nil)
    }
    phone.core.ofBand.invites = [invite("A"), invite("B")]
    let model = InvitesScreenModel(Samples.scope, phone.shell)
    await model.load()
    model.tapped(model.rows[1])
    #expect(model.shown?.code == "B" && model.qr != nil)
    #expect(model.shown?.link.absoluteString == "rockon://join/B")
    phone.core.ofBand.invites = [invite("C"), invite("B")]
    (model.uses, model.days) = (20, 30)
    await model.makeTapped()
    #expect(phone.core.calls.contains("invite 20 for 720 hours") && model.shown?.code == "C")
    model.revokeTapped(model.rows[0])
    #expect(!phone.core.calls.contains("revoke C"))
    await model.revokeAnywayTapped(model.asksToRevoke)
    #expect(phone.core.calls.contains("revoke C") && model.asksToRevoke == nil)
  }

  @Test func whatWasDeletedComesBackButNotByAViewer() async throws {
    let phone = try await Phone()
    let model = DeletedScreenModel(Samples.scope, phone.shell)
    let row = Deleted(kind: .song, id: RowId("1"), title: "Hello", by: nil, byName: "", at: Date(), unsent: true)
    phone.core.ofBand.deleted.tell([.reset([row])])
    Task { await model.follow() }
    try await until("the row") { model.rows.count == 1 }
    #expect(model.mayRestore && model.rows[0].by == nil)
    await model.restoreTapped(model.rows[0])
    #expect(phone.core.calls.last == "restore song 1 in \(Samples.scope)")
    #expect(phone.shell.bars.bar?.what == .done(.restored("Hello")))
    let viewer = try await Phone(mayEdit: false)
    #expect(!DeletedScreenModel(Samples.scope, viewer.shell).mayRestore)
  }
}
