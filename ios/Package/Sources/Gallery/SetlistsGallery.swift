import Fakes
import Foundation
import Models
import RockOnCore
import SwiftUI

/// The states of the list of setlists and of its archive.
@MainActor public enum SetlistsGallery {
  /// All of them.
  public static var shots: [Shot] {
    [
      staged("setlists", at: here) { $0.ofSetlists.lists.tell([.reset(lists)]) },
      staged("setlists, empty", at: here) { $0.ofSetlists.lists.tell([.reset([])]) },
      staged("setlists, opening", at: here),
      staged("setlists, loading first sync", at: here) { core in
        core.status.tell(Samples.status(isSynced: false))
        core.ofSetlists.lists.tell([.reset([Samples.setlist("Club")])])
      },
      staged("setlists, long", at: here) { core in
        let long = Samples.setlist(String(repeating: "שלום 🎸 ", count: 40), songs: 1_000, runningTime: 200_000)
        core.ofSetlists.lists.tell([.reset([long] + (0..<300).map { Samples.setlist("Setlist \($0)") })])
      },
      staged("setlists, offline with unsent", at: here) { core in
        core.status.tell(Samples.status(network: false, unsent: 2))
        core.ofSetlists.lists.tell([.reset(lists)])
      },
      staged("setlists, viewer", at: here, band: viewed) { $0.ofSetlists.lists.tell([.reset(lists)]) },
      staged("setlists, viewer, empty", at: here, band: viewed) { $0.ofSetlists.lists.tell([.reset([])]) },
      staged("setlists, error of the local database", at: here) { core in
        core.ofSetlists.lists.fail(.Storage(failure: .unreadable))
      },
      staged("setlists, archived", at: archive) { core in
        core.ofSetlists.lists.tell([.reset([Samples.setlist("Old club", status: .archived, songs: 12)])])
      },
      staged("setlists, nothing archived", at: archive) { $0.ofSetlists.lists.tell([.reset([])]) },
    ]
  }

  /// One for a show that nobody has looked at, one that is not sent yet.
  public static let lists = [
    Samples.setlist("Club", songs: 14, runningTime: 3_400, at: Date(timeIntervalSince1970: 0), unread: true),
    Samples.setlist("Street fair", songs: 1, runningTime: 236, pending: true),
  ]
  private static let viewed = Samples.band(mayEdit: false)
  private static let (here, archive) = ("setlists", "setlists\nsetlists archive")
}

struct SetlistsPreviews: PreviewProvider {
  static var previews: some View { ForEach(SetlistsGallery.shots, id: \.name) { $0.view } }
}
