import Foundation
import Observation
import RockOnCore

/// A show or a practice in the list, ready to be drawn.
public struct CalendarRow: Hashable, Identifiable, Sendable {
  /// Where it is looked at.
  public let id: Place
  /// Its name, or what kind of practice it is.
  public let title: Fact.Value
  /// When it is; nothing where it has no time.
  public let at: Date?
  /// Nothing where nobody wrote it.
  public let place: String?
  /// The times of a show's day.
  public let times: [Fact]
  /// What is played.
  public let setlist: RowId?
  /// Its time has passed.
  public let isPast: Bool
  /// It does not take place.
  public let isCancelled: Bool
  /// The person has not looked at it yet.
  public let isUnread: Bool
  /// Something of it is on this phone only.
  public let isUnsent: Bool

  init(_ entry: CalendarEntry) {
    (at, isPast) = (entry.at, entry.isPast)
    switch entry {
    case .ofShow(let show, _):
      (id, title) = (.show(show.id), .text(show.name))
      let parts = [show.venue, show.location].compactMap { $0 }
      place = parts.isEmpty ? nil : parts.joined(separator: ", ")
      let hours = [show.loadInTime, show.soundcheckTime, show.setTime].map { $0?.text ?? "" }
      times = zip(Field.times, hours).compactMap { Fact($0, $1) }
      (setlist, isCancelled) = (show.setlist, show.status == .cancelled)
      (isUnread, isUnsent) = (show.unread, show.pending)
    case .ofPractice(let practice, _):
      (id, place) = (.practice(practice.id), practice.location)
      title = Fact(Field.type, practice.practiceType?.code ?? "")?.value ?? .name("app.kind_practice")
      (times, setlist, isCancelled) = ([], practice.setlist, practice.status == .cancelled)
      (isUnread, isUnsent) = (practice.unread, practice.pending)
    }
  }
}

/// What is on one day, under one head.
public struct CalendarDay: Hashable, Identifiable, Sendable {
  /// The first of it.
  public var id: Place { rows[0].id }
  /// Its beginning; nothing for what has no date.
  public let day: Date?
  /// What is past begins with it.
  public let isFirstPast: Bool
  /// In the core's order.
  public internal(set) var rows: [CalendarRow]
}

/// Shows and practices in one list. The core merges, orders and says what is past.
@MainActor @Observable public final class CalendarScreenModel {
  private var rows: [CalendarRow] = []
  private var isLoaded = false
  private var failure: RockOnError?
  private let shell: Shell

  /// Of the shell's band.
  public init(_ shell: Shell) { self.shell = shell }

  /// Which band is asked for; nothing until it is known.
  public var band: ScopeId? { shell.bands.chosen?.id }
  /// What the person may not do is not offered. One's own songs have no calendar.
  public var mayAdd: Bool { shell.bands.chosen.map { $0.mayEdit && $0.name != nil } == true }

  /// What there is to see.
  public var shown: Listed {
    let hint = mayAdd ? "calendar.empty_hint" : "calendar.empty_viewer"
    return Listed(rows, isLoaded: isLoaded, failure, empty: .empty("calendar.empty", hint: hint))
  }

  /// What is next, then what is past: a head for each day.
  public var days: [CalendarDay] {
    rows.reduce(into: []) { days, row in
      let day = row.at.map { Calendar.current.startOfDay(for: $0) }
      let before = days.last?.rows.last
      if let before, days[days.count - 1].day == day, before.isPast == row.isPast {
        days[days.count - 1].rows.append(row)
      } else {
        days.append(CalendarDay(day: day, isFirstPast: row.isPast && before?.isPast != true, rows: [row]))
      }
    }
  }

  /// Follows the calendar of a band, until the task is cancelled.
  public func follow(_ band: ScopeId?) async {
    guard let band else { return }
    await shell.follow({ try shell.core.watchCalendar(of: band) }, failed: { failure = $0 }) { changes in
      rows.apply(changes.map { $0.map(CalendarRow.init) })
      (isLoaded, failure) = (true, nil)
    }
  }

  /// Another band begins with nothing: a list never has another band's name above it.
  public func bandChanged() { (rows, isLoaded, failure) = ([], false, nil) }

  /// The person wants to write a new show.
  public func addShowTapped() { add(.show) }
  /// The person wants to write a new practice.
  public func addPracticeTapped() { add(.practice) }
  /// The person wants to see what is played.
  public func setlistTapped(_ setlist: RowId) { shell.router.go(to: .setlist(setlist)) }

  private func add(_ kind: Kind) {
    if let band { shell.router.sheet = .new(kind, band) }
  }
}
