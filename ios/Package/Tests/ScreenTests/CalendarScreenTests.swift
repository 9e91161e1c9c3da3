import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct CalendarScreenTests {
  let visit = Visit("calendar")
  var core: FakeCore { visit.core }
  var shell: Shell { visit.shell }

  init() { core.ofRows.calendar.tell([.reset(Samples.entries)]) }

  private func shown() async throws -> Host { try await visit.shown("Street fair") }

  @Test func aRowSaysWhatOneNeeds() async throws {
    let host = try await shown()
    #expect(host.has("Not looked at yet Street fair"))
    #expect(host.has("Market, Church Road") && host.has("Set after the mayor"))
    #expect(host.has("Rehearsal Cancelled") && host.has("Past") && host.has("Without a date"))
    #expect(host.has("Not sent yet"))
  }

  @Test func aTapLeadsToThePageAndToTheSetlist() async throws {
    core.ofRows.names = [RowId("Fair"): "Fair set"]
    core.ofRows.show.tell(Samples.fair())
    let host = try await shown()
    try host.tap("Setlist")
    #expect(shell.router.path(of: .calendar) == [.setlist(RowId("Fair"))])
    shell.router.walked(.calendar, to: [.show(RowId("Street fair"))])
    try await host.wait(for: "Call Sue")
    for text in ["Status Confirmed", "Pay 450.50", "Length of the set 90 min", "Bring the small amp", "Write to Sue"] {
      #expect(host.has(text), "\(text)")
    }
    try await host.wait(for: "Setlist Fair set")
    try host.tap("Cancel show")
    try await host.wait(for: "Cancelled “Street fair”")
    try host.tap("Delete")
    try await host.wait(for: "Deleted “Street fair”")
    #expect(shell.router.path(of: .calendar) == [])
  }

  @Test func aViewerMayLookOnly() async throws {
    core.bands.tell([.reset([Samples.band(mayEdit: false)])])
    core.ofRows.show.tell(Samples.fair())
    let host = try await shown()
    try await host.wait("the role") { shell.bands.chosen?.mayEdit == false }
    #expect(!host.has("Add show") && !host.has("Add practice"))
    shell.router.go(to: .show(RowId("Street fair")))
    try await host.wait(for: "Call Sue")
    for act in ["Edit", "Delete", "Cancel show", "Pay 450.50"] { #expect(!host.has(act), "\(act)") }
  }

  @Test func aNewPracticeIsWrittenFromTheCalendar() async throws {
    let host = try await shown()
    try host.tap("Add practice")
    try await host.wait(for: "New practice")
    try host.tap("Lesson")
    try host.type("Endings\nTempo", in: "Objectives")
    try host.tap("Save")
    try await host.wait(for: "Please choose a date")
    try host.tap("Choose a day")
    try host.type("2026-12-02T20:00:00Z", in: "Date")
    try host.tap("Save")
    try await host.wait("the new practice") { shell.router.path(of: .calendar) == [.practice(RowId("new"))] }
    #expect(core.written["type"] == "lesson" && core.written["objectives"] == ["Endings", "Tempo"])
    #expect(core.written["scheduled_date"] == "2026-12-02T20:00:00.000Z" && core.written["status"] == "scheduled")
  }

  @Test func aPracticeIsWrappedUpFromItsPage() async throws {
    core.ofRows.practice.tell(Samples.practice("p1", objectives: ["Endings", "Tempo"]))
    shell.router.go(to: .practice(RowId("p1")))
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "Wrap up")
    try host.tap("Wrap up")
    try await host.wait("the objectives") { (try? host.value("Tempo")) == "off" }
    try host.tap("Tempo")
    try host.tap("4")
    try host.tap("Save")
    try await host.wait("it is over") { core.written["status"] == "completed" }
    #expect(core.written["completed_objectives"] == ["Tempo"] && core.written["session_rating"] == 4)
  }
}
