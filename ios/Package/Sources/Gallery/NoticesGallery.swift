import Fakes
import Foundation
import Models
import RockOnCore
import SwiftUI

/// The states of notices, of a conflict and of a refused edit.
@MainActor public enum NoticesGallery {
  /// All of them.
  public static var shots: [Shot] { list + choices }

  private static var list: [Shot] {
    [
      staged("notices, empty", at: "notices") { $0.tellAll([]) },
      staged("notices, opening", at: "notices"),
      staged("notices", at: "notices") { core in
        core.tellAll(notices)
        core.ofNotices.conflicts.tell([.reset([conflict()])])
        core.ofNotices.rejected.tell([.reset([rejected])])
      },
      staged("notices, long", at: "notices") { core in
        core.tellAll((0..<150).map { notice(1_000 - $0, String(repeating: "שלום 🎸 long ", count: 25)) })
      },
      staged("notices, offline with unsent", at: "notices") { core in
        core.status.tell(Samples.status(network: false, unsent: 2))
        core.tellAll(notices)
      },
      staged("notices, error of the local database", at: "notices") { core in
        core.ofNotices.notices.fail(.Storage(failure: .unreadable))
      },
      staged("banner", at: "songs") { core in
        core.ofNotices.untold = [Untold(id: NoticeId(2), text: "Sam changed “Hello”.", scope: Samples.scope)]
        core.tellAll(notices)
      },
    ]
  }

  private static var choices: [Shot] {
    let long = (0..<6).map { "Line \($0) of what to watch out for" }.joined(separator: "\n")
    return [
      choice("conflict", conflict()), choice("conflict, nobody's", conflict(by: nil, live: .other)),
      choice("conflict of long texts", conflict(.text(text: long), .text(text: long + "\nSlower"))),
      choice("conflict with a delete", conflict(asks: .delete)), choice("conflict with a move", conflict(asks: .move)),
      choice("conflict of a row that is gone", conflict(live: .gone)), choice("settled conflict", nil),
      choice("conflict of a viewer", conflict(), band: Samples.band(mayEdit: false)),
      choice("editor of both", conflict(), sheet: .merge(ConflictId(1))),
      choice("editor of both of a settled conflict", nil, sheet: .merge(ConflictId(1)), kept: ["merge/1": "Both"]),
      refused("refused edit") { $0.ofNotices.row = ["title": "Hello", "tempo": 80] },
      refused("refused edit of a row that is gone") { $0.ofNotices.row = nil },
      refused("refused edit of a viewer", band: Samples.band(mayEdit: false)) { $0.ofNotices.row = ["tempo": 80] },
      staged("settled refused edit", at: "notices\nnotices rejected/1") { $0.ofNotices.rejected.tell([.reset([])]) },
    ]
  }

  /// Two of a day, the newest first, one of them not looked at.
  public static let notices = [notice(2, "Sam changed “Hello”.", seen: false), notice(1, "Mia is in the band now.")]

  /// About a song.
  public static func notice(_ number: Int, _ text: String, seen: Bool = true) -> Notice {
    let row = RowChange(verb: .changed, kind: .song, id: RowId("Hello"), title: "Hello", fields: [], steps: [])
    return Notice(
      id: NoticeId(number), at: Date(timeIntervalSince1970: TimeInterval(number)), scope: Samples.scope,
      body: .changes(author: Author(id: nil, name: "Sam"), rows: [row], count: 1), text: text, seen: seen)
  }

  /// Two keys of a song.
  public static func conflict(
    _ mine: Json = "Em", _ theirs: Json = "Fm", by: String? = "Sam", asks: Asks = .value, live: Side = .theirs
  ) -> Conflict {
    let what = ConflictDetails(
      scope: Samples.scope, kind: .song, row: RowId("Hello"), asks: asks, field: "key", mine: mine, theirs: theirs,
      by: nil, byName: by)
    return Conflict(
      id: ConflictId(1), what: what, live: live, notice: NoticeId(7), at: Date(timeIntervalSince1970: 0))
  }

  /// A tempo that the server did not take.
  public static let rejected = RejectedEdit(
    id: EditId(1), scope: Samples.scope, kind: .song, row: RowId("50000000-0000-4000-8000-000000000001"),
    title: "Hello", verb: .changed,
    set: ["tempo": 79, "title": "Hello again"], base: [:],
    rejection: Rejection(code: .badRequest, reason: nil, field: "tempo"), notice: NoticeId(8),
    at: Date(timeIntervalSince1970: 0))

  private static func choice(
    _ name: String, _ conflict: Conflict?, band: Band = Samples.band(), sheet: Sheet? = nil,
    kept: [String: String] = [:]
  ) -> Shot {
    staged(name, at: "notices\nnotices conflict/1", band: band, sheet: sheet, kept: kept) { core in
      core.ofNotices.row = ["title": "Hello"]
      core.ofNotices.conflicts.tell([.reset([conflict].compactMap { $0 })])
    }
  }

  private static func refused(_ name: String, band: Band = Samples.band(), _ tell: (FakeCore) -> Void) -> Shot {
    staged(name, at: "notices\nnotices rejected/1", band: band) { core in
      core.ofNotices.rejected.tell([.reset([rejected])])
      tell(core)
    }
  }
}

extension FakeCore {
  /// Notices, and nothing that waits.
  func tellAll(_ notices: [Notice]) {
    ofNotices.conflicts.tell([.reset([])])
    ofNotices.rejected.tell([.reset([])])
    ofNotices.notices.tell([.reset(notices)])
  }
}

struct NoticesPreviews: PreviewProvider {
  static var previews: some View { ForEach(NoticesGallery.shots, id: \.name) { $0.view } }
}
