import Foundation
import RockOnCore
import Synchronization

// Measures what a screen waits for, in the folder that `cargo xtask bench` has made and names: a session, a band, and
// files with 10,000 rows. A line of JSON for each figure: {"name": ..., "ms": ...}.
//
// very_first     from `open` to the first list of 50 rows, with nothing of this process loaded yet
// open, first_list, open_and_list
//                `open`, from there to the first list, and both: medians of `runs`
// add_and_see    from the call that adds 10,000 songs until a loop on the main actor has all
// after_commit   the part of it after the call has come back

let rows = 10_000
let runs = 21
let all = 30_000

/// Secrets that forget with the process.
final class Secrets: SecretStore {
  private let values: Mutex<[String: Secret]>

  init(_ values: [String: Secret]) { self.values = Mutex(values) }

  func read(_ key: String) -> Secret? { values.withLock { $0[key] } }
  func write(_ value: Secret, for key: String) { values.withLock { $0[key] = value } }
  func delete(_ key: String) { values.withLock { $0[key] = nil } }
}

struct Broken: Error {
  let what: String
}

struct Bench {
  let folder: String

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  /// A client of nowhere: nothing listens on port 9.
  func open(_ files: String) async throws -> RockOn {
    var stored: [String: Secret] = [:]
    for line in try text("secrets").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      stored[String(parts[0])] = Secret(String(parts[1]))
    }
    let config = RockOnConfig(
      url: "http://127.0.0.1:9", anonKey: "e30.e30.e30", dataDir: URL(fileURLWithPath: "\(folder)/\(files)"))
    return try await RockOn.open(config, secrets: Secrets(stored))
  }

  func songs(_ client: RockOn, _ limit: Int) throws -> ListFeed<Song> {
    try client.songs(SongQuery(limit: limit))
  }

  func firstLists() async throws {
    let clock = ContinuousClock()
    var opens: [Duration] = []
    var lists: [Duration] = []
    var both: [Duration] = []
    for _ in 0...runs {
      let start = clock.now
      let client = try await open("rows")
      let opened = clock.now
      var shown: [Song] = []
      for await delivery in try songs(client, 50) {
        guard case .value(let changes) = delivery else { throw Broken(what: "the list could not be read") }
        shown.apply(changes)
        break
      }
      let listed = clock.now
      guard shown.count == 50 else { throw Broken(what: "not the first 50 songs") }
      opens.append(opened - start)
      lists.append(listed - opened)
      both.append(listed - start)
      try await client.shutdown()
    }
    say("very_first", both[0])
    say("open", median(opens))
    say("first_list", median(lists))
    say("open_and_list", median(both))
  }

  private func median(_ times: [Duration]) -> Duration {
    times.dropFirst().sorted()[runs / 2]
  }

  @MainActor func diffs() async throws {
    let clock = ContinuousClock()
    let client = try await open("swift")
    let band = ScopeId(try text("band"))
    let added = (0..<rows).map { row in
      SongDraft {
        $0.title = "Added \(row)"; $0.artist = "The Examples"; $0.key = "A"
      }
    }
    var shown: [Song] = []
    var start = clock.now
    var wanted = 0
    var adding: Task<ContinuousClock.Instant, any Error>?
    for await delivery in try songs(client, all) {
      guard case .value(let changes) = delivery else { throw Broken(what: "the list could not be read") }
      shown.apply(changes)
      if adding == nil {
        wanted = shown.count + rows
        start = clock.now
        adding = Task.detached {
          _ = try await client.addSongs(added, to: band)
          return ContinuousClock().now
        }
      }
      if shown.count == wanted { break }
    }
    let seen = clock.now
    guard let committed = try await adding?.value else { throw Broken(what: "nothing was added") }
    say("add_and_see", seen - start)
    say("after_commit", max(seen - committed, .zero))
    try await client.shutdown()
  }

  private func say(_ name: String, _ took: Duration) {
    print("{\"name\":\"\(name)\",\"ms\":\(took / .milliseconds(1))}")
  }
}

guard CommandLine.arguments.count == 2 else { throw Broken(what: "usage: rockon-swift-bench FOLDER") }
let bench = Bench(folder: CommandLine.arguments[1])
try await bench.firstLists()
try await bench.diffs()
