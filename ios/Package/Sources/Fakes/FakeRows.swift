import Foundation
import Models
import RockOnCore
import Synchronization

/// What the fake core tells of shows and practices, and of the calendar.
public final class FakeRows: Sendable {
  private let named = Mutex<[RowId: String]>([:])
  private let bands = Mutex<[ScopeId]>([])
  public let calendar = Channel<[ListChange<CalendarEntry>]>()
  public let show = Channel<Show?>()
  public let practice = Channel<Practice?>()

  /// Whose calendars were asked for, in order.
  public var calendars: [ScopeId] { bands.withLock { $0 } }
  func asked(_ band: ScopeId) { bands.withLock { $0.append(band) } }

  /// Rows that others name.
  public var names: [RowId: String] {
    get { named.withLock { $0 } }
    set { named.withLock { $0 = newValue } }
  }
}

/// The part of the core that pages, editors and the calendar need.
extension FakeCore {
  /// What the test says, of every row of the kind.
  public func watchRow(_ kind: Kind, _ id: RowId) throws(RockOnError) -> Live<Row?> {
    switch kind {
    case .show: ofRows.show.live { $0.map(Row.init) }
    case .practice: ofRows.practice.live { $0.map(Row.init) }
    case .setlist: ofSetlists.list.live { $0.map(Row.init) }
    default: song.live { $0.map(Row.init) }
    }
  }
  /// What the test says.
  public func row(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> Values? {
    if let row = ofNotices.row { return row }
    if let name = ofRows.names[id] { return ["title": .text(text: name), "name": .text(text: name)] }
    return switch kind {
    case .show: (ofRows.show.last ?? nil)?.values
    case .practice: (ofRows.practice.last ?? nil)?.values
    case .setlist: (ofSetlists.list.last ?? nil).map { list in SetlistDraft { $0.name = list.name }.values }
    default: (song.last ?? nil)?.values
    }
  }
  /// What the test says, of every band.
  public func watchCalendar(of band: ScopeId) throws(RockOnError) -> Live<[ListChange<CalendarEntry>]> {
    ofRows.asked(band)
    return ofRows.calendar.live()
  }
}

extension Song {
  fileprivate var values: Values {
    SongDraft {
      ($0.title, $0.artist, $0.key, $0.tempo) = (title, artist, key, tempo)
      ($0.duration, $0.capo, $0.notes) = (duration, capo, notes)
    }.values
  }
}

extension Show {
  fileprivate var values: Values {
    ShowDraft {
      ($0.name, $0.venue, $0.location, $0.setlist, $0.scheduledDate) = (name, venue, location, setlist, scheduledDate)
      ($0.loadInTime, $0.soundcheckTime, $0.setTime) = (loadInTime, soundcheckTime, setTime)
      ($0.duration, $0.payment, $0.notes, $0.status) = (duration, payment, notes, status)
    }.values
  }
}

extension Practice {
  fileprivate var values: Values {
    PracticeDraft {
      ($0.practiceType, $0.status, $0.scheduledDate, $0.location) = (practiceType, status, scheduledDate, location)
      ($0.duration, $0.setlist, $0.notes, $0.objectives) = (duration, setlist, notes, objectives)
      ($0.completedObjectives, $0.sessionRating) = (completedObjectives, sessionRating)
    }.values
  }
}

extension Samples {
  /// When they all are: an evening in 2026, in UTC.
  public static let evening = Date(timeIntervalSince1970: 1_796_241_600)

  /// A show at which somebody can be called.
  public static func show(
    _ name: String, at: Date? = evening, venue: String? = nil, location: String? = nil, setlist: RowId? = nil,
    loadIn: ShowTime? = nil, set: ShowTime? = nil, payment: Int? = nil, contacts: [Contact] = [],
    status: ShowStatus? = .scheduled, notes: String? = nil, unread: Bool = false, pending: Bool = false
  ) -> Show {
    Show(
      id: RowId(name), scope: scope, name: name, venue: venue, location: location, setlist: setlist, scheduledDate: at,
      loadInTime: loadIn, soundcheckTime: nil, setTime: set, endTime: nil, duration: 90, payment: payment,
      contacts: contacts, notes: notes, gigType: nil, status: status, shortened: [], unread: unread, pending: pending,
      rev: 1)
  }

  /// A practice.
  public static func practice(
    _ id: String, _ type: PracticeType? = .rehearsal, at: Date? = evening, location: String? = nil,
    setlist: RowId? = nil, songs: [RowId] = [], attendees: [UserId] = [], others: [Attendee] = [],
    objectives: [String] = [],
    reached: [String] = [],
    status: PracticeStatus? = .scheduled, unread: Bool = false, pending: Bool = false
  ) -> Practice {
    Practice(
      id: RowId(id), scope: scope, practiceType: type, status: status, scheduledDate: at, startTime: nil, endTime: nil,
      duration: 120, location: location, setlist: setlist, notes: nil, wrapupNotes: nil, objectives: objectives,
      completedObjectives: reached, sessionRating: nil, songs: songs.map { PractisedSong(song: $0, raw: .null) },
      attendees: attendees.map { Attendee(member: $0.text, raw: .null) } + others, shortened: [], unread: unread,
      pending: pending, rev: 1)
  }

  /// A time of day.
  public static func time(_ hour: Int, _ minute: Int) -> ShowTime? {
    TimeOfDay(hour: hour, minute: minute).map { .at(time: $0) }
  }

  /// Somebody at the venue.
  public static func contact(
    _ name: String?, role: String? = nil, phone: String? = nil, email: String? = nil
  ) -> Contact {
    Contact(id: nil, name: name, role: role, phone: phone, email: email, notes: nil, raw: .null)
  }

  /// A show with all that can be known of one.
  public static func fair(status: ShowStatus = .confirmed, unread: Bool = false, pending: Bool = false) -> Show {
    show(
      "Street fair", venue: "Market", location: "Church Road", setlist: RowId("Fair"), loadIn: time(17, 30),
      set: .words(text: "after the mayor"), payment: 45_050,
      contacts: [contact("Sue", role: "Sound", phone: "+49 170 / 1", email: "sue@rock-on.test")], status: status,
      notes: "Bring the small amp", unread: unread, pending: pending)
  }

  /// Two on one day, the second called off; one that has passed; one without a date.
  public static let entries: [CalendarEntry] = [
    .ofShow(
      show: show(
        "Street fair", venue: "Market", location: "Church Road", setlist: RowId("Fair"), loadIn: time(17, 30),
        set: .words(text: "after the mayor"), unread: true), isPast: false),
    .ofPractice(practice: practice("p1", location: "Cellar", status: .cancelled), isPast: false),
    .ofPractice(
      practice: practice("p2", .writing, at: evening - 604_800, pending: true), isPast: true),
    .ofShow(show: show("Some day", at: nil), isPast: false),
  ]
}
