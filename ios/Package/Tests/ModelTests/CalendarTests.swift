import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct CalendarTests {
  private func list(_ phone: Phone) -> CalendarScreenModel {
    let model = CalendarScreenModel(phone.shell)
    Task { await model.follow(model.band) }
    return model
  }

  @Test func theCoresOrderStaysWithAHeadForEachDay() async throws {
    let phone = try await Phone()
    let model = list(phone)
    #expect(model.shown == .opening)
    phone.core.ofRows.calendar.tell([.reset(Samples.entries)])
    try await until("the list") { model.shown == .list }
    #expect(
      model.days.map { $0.rows.map(\.id) } == [
        [.show(RowId("Street fair")), .practice(RowId("p1"))], [.practice(RowId("p2"))], [.show(RowId("Some day"))],
      ])
    #expect(model.days.map(\.isFirstPast) == [false, true, false])
    #expect(model.days[0].day == Calendar.current.startOfDay(for: Samples.evening) && model.days[2].day == nil)
    #expect(phone.core.ofRows.calendars == [Samples.scope])
  }

  @Test func whatIsPastStandsApartAlsoOnTheSameDay() async throws {
    let phone = try await Phone()
    let model = list(phone)
    let (next, over) = (Samples.show("Tonight"), Samples.show("This morning"))
    phone.core.ofRows.calendar.tell([.reset([.ofShow(show: next, isPast: false), .ofShow(show: over, isPast: true)])])
    try await until("the list") { model.shown == .list }
    #expect(model.days.map(\.isFirstPast) == [false, true] && model.days[0].day == model.days[1].day)
  }

  @Test func aRowSaysWhatTheCoreKnows() async throws {
    let rows = Samples.entries.map(CalendarRow.init)
    #expect(rows[0].title == .text("Street fair") && rows[1].title == .name("practice.rehearsal"))
    #expect(rows[0].isUnread && !rows[0].isCancelled && rows[1].isCancelled && rows[2].isUnsent && rows[2].isPast)
    #expect(
      rows[0].place == "Market, Church Road" && rows[1].place == "Cellar" && rows[3].place == nil
        && rows[0].setlist == RowId("Fair"))
    let times = rows[0].times
    #expect(times.map(\.id) == ["load_in_time", "set_time"] && times[1].value == .text("after the mayor"))
    guard case .time(let loadIn) = times[0].value else { return #expect(Bool(false), "no time of day") }
    #expect(Calendar.current.dateComponents([.hour, .minute], from: loadIn) == DateComponents(hour: 17, minute: 30))
  }

  @Test func anEntryThatChangesStaysWhereItIs() async throws {
    let phone = try await Phone()
    let model = list(phone)
    phone.core.ofRows.calendar.tell([.reset(Samples.entries)])
    try await until("the list") { model.shown == .list }
    phone.core.ofRows.calendar.tell([
      .update(.ofShow(show: Samples.show("Fair 2"), isPast: false), at: 0), .remove(at: 1),
    ])
    try await until("the change") { model.days.first?.rows.map(\.title) == [.text("Fair 2")] }
  }

  @Test func nothingToShowHasItsReason() async throws {
    let phone = try await Phone()
    let model = list(phone)
    phone.core.ofRows.calendar.tell([.reset([])])
    try await until("nothing") { model.shown == .empty("calendar.empty", hint: "calendar.empty_hint") }
    phone.core.ofRows.calendar.fail(.Storage(failure: .unreadable))
    try await until("the failure") { model.shown == .failed(.Storage(failure: .unreadable)) }
    model.bandChanged()
    #expect(model.shown == .opening)
  }

  @Test func anotherBandBeginsWithNothing() async throws {
    let phone = try await Phone()
    let model = list(phone)
    phone.core.ofRows.calendar.tell([.reset(Samples.entries)])
    try await until("the list") { model.shown == .list }
    model.bandChanged()
    #expect(model.days.isEmpty && model.shown == .opening)
  }

  @Test func whoMayEditAddsBothKinds() async throws {
    let phone = try await Phone()
    let model = CalendarScreenModel(phone.shell)
    #expect(model.mayAdd)
    model.addShowTapped()
    #expect(phone.shell.router.sheet == .new(.show, Samples.scope))
    model.addPracticeTapped()
    #expect(phone.shell.router.sheet == .new(.practice, Samples.scope))
    phone.shell.bands.chose(ScopeId(of: Samples.me))
    #expect(!model.mayAdd, "one's own songs have no calendar")
    let viewer = try await Phone(mayEdit: false)
    #expect(!CalendarScreenModel(viewer.shell).mayAdd)
  }

  @Test func noticesOfShowsAndPracticesLeadThere() async throws {
    let phone = try await Phone()
    for kind in [Kind.show, .practice] {
      phone.shell.go(to: try #require(Lead(kind, RowId("1"), "Fair", in: Samples.scope)))
      #expect(phone.shell.router.tab == .calendar)
    }
    let there: [Place] = [.show(RowId("1")), .practice(RowId("1"))]
    #expect(phone.shell.router.path(of: .calendar) == there)
    #expect(Router(phone.kept).path(of: .calendar) == there, "kept over the end of the process")
  }
}
