import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct StatusTests {
  private func check(_ name: String, _ status: CheckStatus, fix: String = "") -> Check {
    Check(layer: .network, name: name, status: status, evidence: "seen", fix: fix)
  }

  @Test func checksAppearOneByOneAndTheFirstBrokenOneIsTold() async throws {
    let phone = try await Phone()
    let device = FakeDevice()
    let model = StatusScreenModel(Shell(phone.core, kept: phone.kept, device: device))
    let first = [check("Auth", .fine)]
    phone.core.ofStatus.doctor.tell(DoctorReport(checks: first))
    let visit = Task { await model.doctorTapped() }
    try await until("the first check") { model.checks.count == 1 }
    #expect(model.isExamining && !model.hasReport)
    let all = first + [check("DNS", .broken, fix: "Look at the router."), check("TLS", .broken)]
    phone.core.ofStatus.doctor.tell(DoctorReport(checks: all))
    try await until("all checks") { model.checks.count == 3 }
    #expect(model.checks.map(\.isFirstBroken) == [false, true, false])
    #expect(model.checks.map(\.fix) == [nil, "Look at the router.", nil])
    phone.core.ofStatus.doctor.finish()
    await visit.value
    #expect(model.hasReport && !model.isExamining)
    model.copyReportTapped(.english)
    #expect(device.copied.count == 1 && device.copied[0].contains("Look at the router."))
  }

  @Test func whatWaitsIsListedAndTheClockIsTold() async throws {
    let phone = try await Phone()
    let model = StatusScreenModel(phone.shell)
    let following = Task { await model.follow() }
    let edit = UnsentEdit(
      id: EditId(1), scope: Samples.scope, kind: .song, row: RowId("1"), title: "Hello", verb: .changed, isSent: false,
      at: Date(timeIntervalSince1970: 0))
    phone.core.ofStatus.unsent.tell([.reset([edit])])
    phone.core.status.tell(Samples.status(network: false, unsent: 1, clock: -3))
    try await until("the edit") { model.unsent.first?.title == "Hello" && model.unsentCount == 1 }
    #expect(model.word == .offline && model.behind == .seconds(180) && model.ahead == nil)
    #expect(model.email == "eric@rock-on.test" && model.server == "rock-on.test")
    phone.core.ofStatus.unsent.tell([.remove(at: 0)])
    try await until("nothing more") { model.unsent.isEmpty }
    following.cancel()
  }

  @Test func theLogIsReadFromItsEndAndCopiedFromItsBeginning() async throws {
    let (phone, device) = (try await Phone(), FakeDevice())
    phone.core.ofStatus.log = ["one", "two"].map {
      LogLine(at: Date(timeIntervalSince1970: 0), level: .info, part: "sync", text: $0)
    }
    let model = LogScreenModel(Shell(phone.core, kept: phone.kept, device: device))
    model.read()
    #expect(model.lines.map(\.text) == ["info sync: two", "info sync: one"])
    model.copyTapped()
    #expect(device.copied.first?.hasSuffix("info sync: two") == true)
  }

  @Test func aSyncThatFailsSaysWhy() async throws {
    let phone = try await Phone()
    let model = StatusScreenModel(phone.shell)
    phone.core.fail(with: .Offline)
    await model.syncTapped()
    #expect(model.failure == .Offline && !model.isSyncing)
    phone.core.fail(with: nil)
    await model.syncTapped()
    #expect(model.failure == nil && phone.core.calls == ["sync", "sync"])
  }
}
