import Foundation
import Models
import RockOnCore
import SwiftUI
import Testing

/// The calendar and what is in it, on the real core.
extension OnTheCore {
  @Test func aShowAndAPracticeWrittenOfflineAreInTheCalendarAtOnceAndSentLater() async throws {
    try await withEric { client, shell, host in
      try await host.wait("the band", .seconds(20)) { shell.bands.chosen?.name != nil }
      try host.tap("app.tab_calendar")
      client.setNetwork(false)
      try host.tap("calendar.add_show")
      try host.type("Street Fair", in: "show.name")
      try host.tap("editor.no_date")
      try host.type("2031-05-03T18:00:00Z", in: "show.date")
      try host.type("17:30", in: "show.load_in")
      try host.type("450,50", in: "show.pay")
      try host.tap("app.save")
      try await host.wait("its page", .seconds(20)) { host.has("show.pay 450.50") && host.has("app.unsent") }
      shell.router.walked(.calendar, to: [])
      try host.tap("calendar.add_practice")
      try host.tap("practice.lesson")
      try host.tap("editor.no_date")
      try host.type("2031-05-04T18:00:00Z", in: "practice.date")
      try host.type("Endings\nTempo", in: "practice.objectives")
      try host.tap("app.save")
      try await host.wait("its page", .seconds(20)) { host.has("practice.objectives Endings\nTempo") }
      try host.tap("practice.wrap_up")
      try await host.wait("its objectives", .seconds(20)) { (try? host.value("Tempo")) == "off" }
      try host.tap("Tempo")
      try host.tap("4")
      try host.tap("app.save")
      try await host.wait("it is over", .seconds(20)) {
        host.has("show.status show.completed practice") || host.has("practice.rating 4")
      }
      shell.router.walked(.calendar, to: [])
      try await host.wait("both, not sent", .seconds(20)) {
        host.has("Street Fair") && host.has("practice.lesson") && host.has("app.unsent")
      }
      client.setNetwork(true)
      try await host.wait("both, sent", .seconds(30)) { host.has("Street Fair") && !host.has("app.unsent") }
    }
  }
}
