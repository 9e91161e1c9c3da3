import Models
import SwiftUI

/// What was done, as the bar says it.
struct DoneText: View {
  let done: Done

  var body: some View {
    switch done {
    case .copied: Text("app.copied")
    case .allNoticesSeen: Text("notices.marked_all_seen")
    case .conflictResolved: Text("conflict.resolved")
    case .discarded: Text("rejected.discarded")
    case .sentAgain: Text("rejected.sent_again")
    case .codeRevoked: Text("band.revoked")
    case .saved: Text("settings.saved")
    case .inTheBand: Text("welcome.joined")
    case .imported(let count): words("songs.import_done", "\(count)")
    case .removed(let name): words("band.removed", "\(name)")
    case .restored(let title): words("band.restored", "\(title)")
    case .left(let band): words("band.gone", "\(band)")
    case .deletedBand(let band): words("band.deleted_band", "\(band)")
    }
  }
}
