import Fakes
import Foundation
import Models
import RockOnCore
import SwiftUI

/// The states of a band, its invites and what was deleted.
@MainActor public enum BandGallery {
  /// All of them.
  public static var shots: [Shot] { ofBand + ofLists }

  private static var ofBand: [Shot] {
    [
      staged("band, admin", at: "band", band: admin) { $0.ofBand.members.tell([.reset(members)]) },
      staged("band, member", at: "band") { $0.ofBand.members.tell([.reset(members)]) },
      staged("band, viewer", at: "band", band: Samples.band(mayEdit: false)) { core in
        core.ofBand.members.tell([.reset(members)])
      },
      staged("band, opening", at: "band"),
      staged("band, long", at: "band", band: admin) { core in
        let long = String(repeating: "שלום 🎸 ", count: 40)
        core.ofBand.members.tell([.reset((0..<100).map { member("\($0) \(long)", .other(code: "roadie")) })])
      },
      staged("band, offline with unsent", at: "band", band: admin) { core in
        core.status.tell(Samples.status(network: false, unsent: 2))
        core.ofBand.members.tell([.reset(members)])
      },
      staged("band, error of the local database", at: "band") { core in
        core.ofBand.members.fail(.Storage(failure: .unreadable))
      },
      staged("own songs", at: "band", kept: ["band": Samples.me.text]),
    ]
  }

  private static var ofLists: [Shot] {
    let invites = "band\nband invites/\(Samples.scope)"
    let gone = "band\nband deleted/\(Samples.scope)"
    let deleted = [
      Deleted(kind: .song, id: RowId("1"), title: "Hello", by: nil, byName: "Sam", at: moment, unsent: false),
      Deleted(kind: .show, id: RowId("2"), title: "Club", by: nil, byName: "", at: moment, unsent: true),
    ]
    return [
      staged("invites", at: invites, band: admin) { core in
        core.ofBand.invites = [invite("LOOPS1"), invite("LOOPS2", for: "Mia")]
        core.ofBand.members.tell([.reset(members)])
      },
      staged("invites, none", at: invites, band: admin) { $0.ofBand.members.tell([.reset(members)]) },
      staged("invites, without a network", at: invites, band: admin) { core in
        core.fail(with: .Offline)
        core.ofBand.members.tell([.reset(members)])
      },
      staged("recently deleted", at: gone) { $0.ofBand.deleted.tell([.reset(deleted)]) },
      staged("recently deleted, viewer", at: gone, band: Samples.band(mayEdit: false)) { core in
        core.ofBand.deleted.tell([.reset(deleted)])
      },
      staged("recently deleted, nothing", at: gone) { $0.ofBand.deleted.tell([.reset([])]) },
      staged("recently deleted, without a network", at: gone) { $0.ofBand.deleted.fail(.Offline) },
    ]
  }

  /// Who manages it.
  public static let admin = Samples.band(mayManage: true)

  /// The person, a bandmate, and one who left.
  public static let members = [
    member("Eric", .admin, user: Samples.me), member("Sam", .member, user: UserId("sam")),
    member("Noel", .viewer, user: UserId("noel"), active: false),
  ]

  /// Somebody in the band.
  public static func member(_ name: String, _ role: Role, user: UserId? = nil, active: Bool = true) -> Member {
    Member(
      id: RowId(name), scope: Samples.scope, user: user, name: name, role: role, active: active, shareSeen: true,
      joinedDate: moment)
  }

  /// An open code.
  public static func invite(_ code: String, for name: String? = nil) -> Invite {
    Invite(
      id: RowId(code), code: code, by: nil, byName: nil, expiresAt: moment, maxUses: 5, uses: 1, member: nil,
      memberName: name)
  }

  private static let moment = Date(timeIntervalSince1970: 0)
}

struct BandPreviews: PreviewProvider {
  static var previews: some View { ForEach(BandGallery.shots, id: \.name) { $0.view } }
}
