import Fakes
import Foundation
import Models
import RockOnCore
import SwiftUI

/// The states of the calendar.
@MainActor public enum CalendarGallery {
  /// All of them.
  public static var shots: [Shot] {
    [
      staged("calendar", at: here) { $0.ofRows.calendar.tell([.reset(Samples.entries)]) },
      staged("calendar, empty", at: here) { $0.ofRows.calendar.tell([.reset([])]) },
      staged("calendar, opening", at: here),
      staged("calendar, loading first sync", at: here) { core in
        core.status.tell(Samples.status(isSynced: false))
        core.ofRows.calendar.tell([.reset([Samples.entries[0]])])
      },
      staged("calendar, long", at: here) { $0.ofRows.calendar.tell([.reset(long)]) },
      staged("calendar, offline with unsent", at: here) { core in
        core.status.tell(Samples.status(network: false, unsent: 2))
        core.ofRows.calendar.tell([.reset(Samples.entries)])
      },
      staged("calendar, viewer", at: here, band: viewed) { $0.ofRows.calendar.tell([.reset(Samples.entries)]) },
      staged("calendar, viewer, empty", at: here, band: viewed) { $0.ofRows.calendar.tell([.reset([])]) },
      staged("calendar, error of the local database", at: here) { core in
        core.ofRows.calendar.fail(.Storage(failure: .unreadable))
      },
      staged("calendar, signed out under it", at: here) { core in
        let account = Account(user: Samples.me, email: nil)
        core.status.tell(Samples.status(unsent: 1, session: .needsSignIn(account: account, reason: .sessionExpired)))
        core.ofRows.calendar.tell([.reset(Samples.entries)])
      },
    ]
  }

  private static var long: [CalendarEntry] {
    let name = String(repeating: "שלום 🎸 ", count: 40)
    return (0..<300).map { at in
      let show = Samples.show(
        "\(name) \(at)", at: Samples.evening + Double(at) * 86_400, venue: name, loadIn: Samples.time(9, 5))
      return .ofShow(show: show, isPast: false)
    }
  }

  private static let viewed = Samples.band(mayEdit: false)
  private static let here = "calendar"
}

struct CalendarPreviews: PreviewProvider {
  static var previews: some View { ForEach(CalendarGallery.shots, id: \.name) { $0.view } }
}
