import Fakes
import Foundation
import Gallery
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct BandScreenTests {
  let core = FakeCore()

  private func open(_ band: Band) -> Host {
    core.status.tell(Samples.status())
    core.bands.tell([.reset([band])])
    core.ofBand.members.tell([.reset(BandGallery.members)])
    core.ofBand.invites = [BandGallery.invite("LOOPS1")]
    return screen(ShellScreen(shell: Shell(core, kept: FakeKept(["places": "band"]))))
  }

  @Test func anAdminSeesRolesAndInvites() async throws {
    let host = open(BandGallery.admin)
    try await host.wait(for: "Eric (you) Admin Joined")
    #expect(host.has("Noel Not in the band any more"))
    try host.tap("Viewer")
    try await host.wait("the role") { core.calls.last == "role viewer of sam" }
    try host.tap("Invite")
    try await host.wait(for: "LOOPS1")
    #expect(host.has("QR code of the invite LOOPS1") && host.has("Used once of 5"))
    #expect(host.problems.isEmpty)
  }

  @Test func aBandIsDeletedOnlyByItsName() async throws {
    let host = open(BandGallery.admin)
    try await host.wait("the band") { (try? host.isEnabled("Delete band")) == true }
    try host.tap("Delete band")
    #expect(try !host.isEnabled("Delete band"))
    try host.type("The Loops", in: "Name of the band")
    try host.tap("Delete band")
    try await host.wait(for: "Deleted The Loops")
    #expect(core.calls.last == "delete band \(Samples.scope)")
  }

  @Test func whatAMemberMayNotDoIsNotOffered() async throws {
    let host = open(Samples.band())
    try await host.wait(for: "Sam Member")
    for button in ["Invite", "Rename band", "Delete band", "Remove from the band", "Viewer", "Invite again"] {
      #expect(throws: ScreenError.self, "\(button)") { try host.tap(button) }
    }
    try host.tap("Leave band")
    #expect(host.has("To come back you need a code."))
    try host.tap("Leave band")
    try await host.wait("the end") { core.calls.last == "leave \(Samples.scope)" }
  }

  @Test(arguments: [true, false]) func whatWasDeletedIsBroughtBackButNotByAViewer(mayEdit: Bool) async throws {
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band(mayEdit: mayEdit)])])
    let row = Deleted(kind: .song, id: RowId("1"), title: "Hello", by: nil, byName: "Sam", at: Date(), unsent: false)
    core.ofBand.deleted.tell([.reset([row])])
    let shell = Shell(core, kept: FakeKept(["places": "band\nband deleted/\(Samples.scope)"]))
    let host = screen(ShellScreen(shell: shell))
    try await host.wait("the row and the role") { host.has("Hello Song") && shell.bands.chosen?.name != nil }
    #expect(host.has("Restore") == mayEdit)
  }

  @Test func aCodeIsRevokedAfterAQuestion() async throws {
    let host = open(BandGallery.admin)
    try await host.wait("the band") { (try? host.isEnabled("Invite")) == true }
    try host.tap("Invite")
    try await host.wait("the code") { (try? host.isEnabled("Revoke")) == true }
    try host.tap("Revoke")
    #expect(!core.calls.contains("revoke LOOPS1") && host.has("Nobody can join with it any more."))
    try host.tap("Revoke")
    try await host.wait(for: "Code revoked")
    #expect(core.calls.contains("revoke LOOPS1"))
  }
}
