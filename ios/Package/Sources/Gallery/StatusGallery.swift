import Fakes
import Foundation
import Models
import RockOnCore
import SwiftUI

/// The states of the page of the status and of the log.
@MainActor public enum StatusGallery {
  /// All of them.
  public static var shots: [Shot] {
    let account = Account(user: Samples.me, email: Address("eric@rock-on.test"))
    return [
      staged("status, all well", at: here) { $0.ofStatus.unsent.tell([.reset([])]) },
      staged("status, first sync", at: here) { $0.status.tell(Samples.status(isSynced: false)) },
      staged("status, offline with unsent", at: here) { core in
        core.status.tell(Samples.status(network: false, unsent: 2))
        core.ofStatus.unsent.tell([.reset(edits)])
      },
      staged("status, long", at: here) { core in
        core.status.tell(Samples.status(unsent: 301))
        let long = String(repeating: "שלום 🎸 ", count: 40)
        core.ofStatus.unsent.tell([.reset((0..<300).map { edit($0, long, .changed) })])
      },
      staged("status, failing", at: here) { $0.status.tell(Samples.status(error: .Timeout(service: .rest))) },
      staged("status, signed out", at: here) { core in
        core.status.tell(Samples.status(unsent: 1, session: .needsSignIn(account: account, reason: .sessionExpired)))
      },
      staged("status, error of the local database", at: here) { core in
        core.ofStatus.unsent.fail(.Storage(failure: .unreadable))
      },
      staged("log", at: "songs\nsongs status log") { core in
        core.ofStatus.log = [LogLine(at: moment, level: .info, part: "sync", text: "pulled 3 rows")]
      },
      staged("log, empty", at: "songs\nsongs status log"),
    ]
  }

  /// One edit of each way.
  public static let edits = [
    edit(1, "Hello", .added), edit(2, "Creep", .changed), edit(3, "Roxanne", .deleted), edit(4, nil, .restored),
    edit(5, "Zebra", .moved),
  ]

  private static let here = "songs\nsongs status"
  private static let moment = Date(timeIntervalSince1970: 0)

  private static func edit(_ number: Int, _ title: String?, _ verb: Verb) -> UnsentEdit {
    UnsentEdit(
      id: EditId(number), scope: Samples.scope, kind: .song, row: RowId("\(number)"), title: title, verb: verb,
      isSent: false, at: moment)
  }
}

struct StatusPreviews: PreviewProvider {
  static var previews: some View { ForEach(StatusGallery.shots, id: \.name) { $0.view } }
}
