import Fakes
import Foundation
import Models
import RockOnCore
import Screens
import SwiftUI

/// The states of one setlist, and of choosing songs for it.
@MainActor public enum SetlistGallery {
  /// All of them.
  public static var shots: [Shot] {
    [
      shot("setlist", full),
      shot("setlist, empty", Samples.setlist("Club")),
      staged("setlist, opening", at: here),
      shot("setlist, that is gone", nil),
      staged("setlist, error of the local database", at: here) {
        $0.ofSetlists.list.fail(.Storage(failure: .unreadable))
      },
      shot("setlist, long", long),
      staged("setlist, offline with unsent", at: here) { core in
        core.status.tell(Samples.status(network: false, unsent: 1))
        core.ofSetlists.list.tell(Samples.setlist("Club", songs: 2, pending: true, items: items))
      },
      staged("setlist, changed since looked", at: here) { core in
        let name = SeenChange(field: "name", from: "Pub", to: "Club", by: nil, byName: "Sam", at: nil)
        let moved = ListStep.moved(item: .song(title: "Creep"), from: 1, at: 4, number: 2)
        let steps = [moved, .added(item: .break(minutes: 20), at: 2), .removed(item: .song(title: "Roxanne"), at: 5)]
        core.know(ChangesSinceSeen(fields: [name], steps: steps))
        core.ofSetlists.list.tell(full)
      },
      shot("setlist, viewer", full, band: Samples.band(mayEdit: false)),
      shot("setlist, songs to be added", full, sheet: .addSongs(RowId("Club")), kept: ["add/Club": "Roxanne"]),
    ]
  }

  /// A song with notes, a break, a heading, a song that was deleted, and what a newer version has.
  public static let items = [
    Samples.item("Hello", number: 1, key: "Fm", length: 295, notes: "Count in, then wait for the drums"),
    Samples.item("pause", .break(minutes: 20, notes: "Sell shirts")), Samples.item("encore", .section(title: "Encore")),
    Samples.item("Creep", number: 2, key: "G"),
    Samples.item(
      "gone", .song(id: nil, title: nil, artist: nil, key: nil, tempo: nil, duration: nil, notes: nil), 3),
    Samples.item("newer", .other),
  ]
  private static let full = Samples.setlist(
    "Club", songs: 3, runningTime: 1_495, at: Date(timeIntervalSince1970: 0), items: items, notes: "Two sets, no smoke",
    untimed: 1, start: TimeOfDay(hour: 20, minute: 30), end: TimeOfDay(hour: 20, minute: 55))
  private static let long = Samples.setlist(
    String(repeating: "שלום 🎸 ", count: 40), songs: 300,
    items: (1...300).map { Samples.item("Song \($0) \(String(repeating: "long ", count: $0 % 60))", number: $0) })
  private static let here = "setlists\nsetlists setlist/Club"

  private static func shot(
    _ name: String, _ list: Setlist?, band: Band = Samples.band(), sheet: Sheet? = nil, kept: [String: String] = [:]
  ) -> Shot {
    staged(name, at: here, band: band, sheet: sheet, kept: kept) { core in
      core.ofSetlists.list.tell(list)
      core.ofSetlists.seen(by: [
        SeenBy(user: UserId("s"), name: "Sam", rev: 1, current: true),
        SeenBy(user: UserId("j"), name: "Jo", rev: 0, current: false),
      ])
    }
  }
}

/// The states of the stage.
@MainActor public enum GigGallery {
  /// All of them.
  public static var shots: [Shot] {
    [
      shot("gig, a song", Samples.gig(pages, left: 754, untimed: 1)),
      shot("gig, a break", Samples.gig(pages, at: 1)),
      shot("gig, a song that is gone", Samples.gig(pages, at: 2)),
      shot("gig, a heading", Samples.gig(pages, at: 3)),
      shot("gig, the end", Samples.gig(pages, at: 4)),
      shot("gig, long", Samples.gig([long])),
      shot("gig, large text", Samples.gig(pages, left: 754), kept: ["gig.text": "200"]),
      shot("gig, with a newer version", Samples.gig(pages, newer: newer)),
      shot("gig, with a newer version that was touched", Samples.gig(pages, newer: newer)) { $0.newerTapped() },
      shot("gig, deleted meanwhile", Samples.gig(pages, newer: deleted)) { $0.newerTapped() },
      shot("gig, to jump", Samples.gig(pages)) { $0.jumpTapped() },
      shot("gig, to be ended", Samples.gig(pages)) { $0.endTapped() },
    ]
  }

  /// A song, a break, a song that was deleted, a heading that nothing follows.
  public static let pages = [
    Samples.page("Hello", section: "Set 1", key: "Fm", capo: 3, tempo: 79, notes: "Count in, then wait for the drums"),
    GigPage(item: "pause", section: nil, body: .break(minutes: 20, notes: "Sell shirts")),
    GigPage(
      item: "gone", section: nil,
      body: .song(
        title: nil, artist: nil, key: nil, capo: 2, tempo: nil, seconds: nil, itemNotes: nil, songNotes: nil)),
    GigPage(item: "encore", section: nil, body: .section(title: "Encore")),
  ]
  private static let long = Samples.page(
    String(repeating: "שלום 🎸 ", count: 40), key: "F♯m", notes: String(repeating: "Wait for the drums. ", count: 40))
  private static let newer = GigUpdate(
    by: ["Eric"], steps: [.added(item: .song(title: "Roxanne"), at: 2)], added: 1, removed: 0, isReordered: true,
    isDeleted: false)
  private static let deleted = GigUpdate(
    by: ["Eric"], steps: [], added: 0, removed: 4, isReordered: false, isDeleted: true)

  private static func shot(
    _ name: String, _ gig: Gig, kept: [String: String] = [:], _ then: (GigScreenModel) -> Void = { _ in }
  ) -> Shot {
    let preferences = Preferences(FakeKept(kept))
    let model = GigScreenModel(gig, FakeCore(), FakeKept(), FakeDevice())
    then(model)
    return Shot(name: name, view: AnyView(GigScreen(model: model, preferences: preferences)))
  }
}

struct SetlistPreviews: PreviewProvider {
  static var previews: some View { ForEach(SetlistGallery.shots + GigGallery.shots, id: \.name) { $0.view } }
}
