import Models
import RockOnCore

/// The part of the core that the stage needs; its channel is `gig`.
extension FakeCore {
  /// What the test says.
  public func watchGig() -> Live<Gig?> { gig.live() }
  /// Counted.
  public func startGig(_ setlist: RowId) async throws(RockOnError) -> Gig {
    try call("start \(setlist)")
    return Samples.gig([])
  }
  /// Counted.
  public func turnPage(_ page: Int) async throws(RockOnError) { try call("turn to \(page)") }
  /// Another song is played then.
  public func takeGigUpdate() async throws(RockOnError) -> Gig {
    try call("take update")
    gig.tell(Samples.gig([Samples.page("Roxanne")]))
    return Samples.gig([])
  }
  /// Counted.
  public func endGig() async throws(RockOnError) {
    try call("end gig")
    gig.tell(nil)
  }
}

extension Samples {
  /// A song on stage, called by its title.
  public static func page(
    _ title: String, section: String? = nil, key: String? = nil, capo: Int? = nil, tempo: Int? = nil,
    notes: String? = nil
  ) -> GigPage {
    GigPage(
      item: title, section: section,
      body: .song(
        title: title, artist: "Adele", key: key, capo: capo, tempo: tempo, seconds: nil, itemNotes: notes,
        songNotes: nil))
  }
  /// A gig that is played.
  public static func gig(_ pages: [GigPage], at page: Int = 0, left: Int = 0, untimed: Int = 0, newer: GigUpdate? = nil)
    -> Gig
  {
    Gig(
      setlist: RowId("Club"), name: "Club", page: page, pages: pages, secondsLeft: left, untimedLeft: untimed,
      newer: newer)
  }
}
