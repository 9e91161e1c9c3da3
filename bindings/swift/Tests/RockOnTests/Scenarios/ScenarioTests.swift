import Foundation
import RockOnCore
import Testing

/// A scenario file.
struct Scenario: CustomTestStringConvertible, Sendable {
  /// Its path below `tests/scenarios`, without the ending.
  let name: String
  let patience: Duration
  let steps: [Step]
  /// One of its expectations is not true: it is passed by failing there.
  var isWrong: Bool { name.hasPrefix("wrong/") }
  var testDescription: String { name }

  init(_ directory: URL, _ name: String) throws {
    let data = try Data(contentsOf: directory.appendingPathComponent(name + ".json"))
    guard case .object(let fields) = try Json(parsing: data), case .array(let steps)? = fields["steps"] else {
      throw Broken("\(name) is no scenario")
    }
    self.name = name
    patience = .milliseconds(fields["patience_ms"]?.number ?? 20_000)
    self.steps = steps.compactMap(\.fields)
  }

  /// All of them. An empty list would pass everything, so a missing directory is an error.
  static let all: [Scenario] = {
    let environment = ProcessInfo.processInfo.environment["ROCKON_SCENARIOS"]
    let beside = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../../../tests/scenarios")
    let directory = environment.map { URL(fileURLWithPath: $0) } ?? beside.standardized
    let files = ["", "wrong"].flatMap { folder -> [String] in
      let path = directory.appendingPathComponent(folder).path
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return names.filter { $0.hasSuffix(".json") }.map { (folder.isEmpty ? "" : "wrong/") + $0.dropLast(5) }
    }
    return files.sorted().compactMap { try? Scenario(directory, $0) }
  }()
}

/// Places for scenarios that run at the same time: they wait more than they compute, but each has phones and a project of
/// its own.
private actor Places {
  static let shared = Places(free: 4)
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  private init(free: Int) { self.free = free }

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  /// The place goes to whoever waits longest.
  func give() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }

  /// For the table of all languages; here, so that no two lines are written at once.
  func log(_ line: String) {
    guard let path = ProcessInfo.processInfo.environment["ROCKON_SCENARIO_LOG"], !path.isEmpty,
      let file = FileHandle(forWritingAtPath: path)
    else { return }
    file.seekToEndOfFile()
    file.write(Data(line.utf8))
    try? file.close()
  }
}

@Suite(.enabled(if: ScenarioServer.address != nil, "ROCKON_SCENARIO_SERVER is not set"), .timeLimit(.minutes(15)))
struct ScenarioTests {
  @Test func thereAreScenarios() {
    #expect(Scenario.all.count { !$0.isWrong } >= 25)
    #expect(Scenario.all.contains { $0.isWrong })
  }

  @Test(arguments: Scenario.all) func scenario(_ scenario: Scenario) async throws {
    await Places.shared.take()
    do {
      try await played(scenario)
    } catch {
      Issue.record(error)
    }
    await Places.shared.give()
  }

  private func played(_ scenario: Scenario) async throws {
    let world = try await World.open()
    let play = ScenarioRun(world, patience: scenario.patience)
    var failure: String?
    for (at, step) in scenario.steps.enumerated() where failure == nil {
      do {
        try await play.play(step)
      } catch let error as NotReached {
        failure = "step \(at + 1) of \(scenario.name): \(step): \(error)"
      } catch {
        failure = "step \(at + 1) of \(scenario.name): \(step): \(error)"
        if scenario.isWrong { Issue.record("it failed elsewhere: \(error)") }
      }
    }
    await play.end()
    await world.close()
    if !scenario.isWrong {
      await Places.shared.log("swift \(scenario.name) \(failure == nil ? "ok" : "failed")\n")
    }
    if scenario.isWrong {
      #expect(failure != nil, "an untrue expectation was reached")
    } else if let failure {
      Issue.record(Comment(rawValue: failure))
    }
  }
}
