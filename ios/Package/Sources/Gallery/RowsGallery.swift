import Fakes
import Foundation
import Models
import RockOnCore
import SwiftUI

/// The states of the pages of shows and practices, and of the editors of all kinds but songs.
@MainActor public enum RowsGallery {
  /// All of them.
  public static var shots: [Shot] { pages + editors }

  private static var pages: [Shot] {
    [
      staged("show", at: show) { $0.ofRows.show.tell(Samples.fair()) },
      staged("show, changed since looked", at: show) { core in
        core.know(changes, last: last)
        core.ofRows.show.tell(Samples.fair(unread: true))
      },
      staged("show, viewer", at: show, band: Samples.band(mayEdit: false)) { $0.ofRows.show.tell(Samples.fair()) },
      staged("show, cancelled and unsent", at: show) {
        $0.ofRows.show.tell(Samples.fair(status: .cancelled, pending: true))
      },
      staged("show, long", at: show) { core in
        core.ofRows.show.tell(Samples.show(long, venue: long, contacts: [Samples.contact(long)], notes: long))
      },
      staged("show, empty", at: show) { $0.ofRows.show.tell(Samples.show("Street fair", at: nil, status: nil)) },
      staged("show, opening", at: show),
      staged("show, that is gone", at: show) { $0.ofRows.show.tell(nil) },
      staged("show, error of the local database", at: show) { $0.ofRows.show.fail(.Storage(failure: .unreadable)) },
      staged("practice", at: practice) { core in
        core.know(nil, last: last)
        core.ofRows.names = [RowId("Hello"): "Hello", RowId("Fair"): "Street fair"]
        core.ofRows.practice.tell(
          Samples.practice(
            "p1", .lesson, location: "Cellar", setlist: RowId("Fair"), songs: [RowId("Hello")],
            objectives: ["Endings", "Tempo"], reached: ["Tempo"]))
      },
      staged("practice, viewer", at: practice, band: Samples.band(mayEdit: false)) { core in
        core.ofRows.practice.tell(Samples.practice("p1", nil, status: .inProgress))
      },
      staged("practice, that is gone", at: practice) { $0.ofRows.practice.tell(nil) },
    ]
  }

  private static var editors: [Shot] {
    let (show, practice, list) = (RowId("Street fair"), RowId("p1"), RowId("Fair"))
    let mine = ["edit/show/Street fair/venue": "Mill", "edit/show/Street fair/venue.base": "Barn"]
    return [
      staged("editor of a new show", at: here, sheet: .new(.show, Samples.scope)),
      staged("editor of a show", at: here, sheet: .edit(.show, show), kept: mine) { core in
        core.ofSetlists.lists.tell([.reset([Samples.setlist("Fair"), Samples.setlist("Club")])])
        core.ofRows.show.tell(Samples.fair())
      },
      staged("editor of a deleted show", at: here, sheet: .edit(.show, show), kept: mine) { $0.ofRows.show.tell(nil) },
      staged("editor of a new practice", at: here, sheet: .new(.practice, Samples.scope)),
      staged("editor of a practice", at: here, sheet: .edit(.practice, practice)) { core in
        core.ofBand.members.tell([.reset([Samples.member("Sam"), Samples.member("Jo")])])
        core.ofRows.practice.tell(
          Samples.practice(
            "p1", .other(code: "jam"), attendees: [UserId("sam"), UserId("guest")],
            objectives: ["Endings", "Tempo"]))
      },
      staged("editor of a setlist", at: here, sheet: .edit(.setlist, list)) { core in
        core.ofSetlists.list.tell(Samples.setlist("Fair"))
      },
      staged("wrap-up", at: here, sheet: .wrapUp(practice)) { core in
        core.ofRows.practice.tell(Samples.practice("p1", objectives: ["Endings", "Tempo", long], reached: ["Tempo"]))
      },
    ]
  }

  private static let changes = ChangesSinceSeen(
    fields: [
      SeenChange(field: "payment", from: 40_000, to: 45_050, by: nil, byName: "Sam", at: nil),
      SeenChange(field: "status", from: "scheduled", to: "confirmed", by: nil, byName: "Sam", at: nil),
      SeenChange(field: "contacts", from: [], to: [[:]], by: nil, byName: nil, at: nil),
    ], steps: [])
  private static let last = LastChange(by: nil, byName: "Sam", at: Samples.evening)
  private static let long = String(repeating: "שלום 🎸 ", count: 40)
  private static let (here, show) = ("calendar", "calendar\ncalendar show/Street-fair")
  private static let practice = "calendar\ncalendar practice/p1"
}

struct RowsPreviews: PreviewProvider {
  static var previews: some View { ForEach(RowsGallery.shots, id: \.name) { $0.view } }
}
