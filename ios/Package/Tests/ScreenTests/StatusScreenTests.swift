import Fakes
import Foundation
import Gallery
import Models
import RockOnCore
import Screens
import SwiftUI
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct StatusScreenTests {
  @Test func theStripLeadsToWhatWaitsTheDoctorAndTheLog() async throws {
    let core = FakeCore()
    let shell = Shell(core, kept: FakeKept(["places": "songs"]))
    core.status.tell(Samples.status(network: false, unsent: 5))
    core.bands.tell([.reset([Samples.band()])])
    core.ofStatus.unsent.tell([.reset(StatusGallery.edits)])
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: "Offline")
    try host.tap("Offline 5 changes not sent yet")
    try await host.wait(for: "Signed in as eric@rock-on.test")
    #expect(host.has("Hello Added") && host.has("Song Brought back"))
    #expect(host.has("Server rock-on.test") && host.has("Go on working."))
    let broken = Check(layer: .network, name: "DNS", status: .broken, evidence: "no answer", fix: "Look at the router.")
    core.ofStatus.doctor.tell(DoctorReport(checks: [broken]))
    try host.tap("Run the doctor")
    try await host.wait(for: "DNS Broken Look at the router. What was seen: no answer")
    #expect(throws: ScreenError.self) { try host.tap("Copy report") }
    core.ofStatus.doctor.finish()
    try await host.wait("the report") { (try? host.isEnabled("Copy report")) == true }
    try host.tap("Copy report")
    try await host.wait(for: "Copied")
    core.ofStatus.log = [LogLine(at: Date(timeIntervalSince1970: 0), level: .info, part: "sync", text: "3 rows")]
    try host.tap("Log")
    try await host.wait(for: "info sync: 3 rows")
    #expect(host.problems.isEmpty)
  }
}
