import Foundation
import RockOnCore
import Synchronization
import Testing

/// Lines that the core's thread brings.
private final class Lines: Sendable {
  private let lines = Mutex<[LogLine]>([])

  var all: [LogLine] { lines.withLock { $0 } }
  func add(_ line: LogLine) { lines.withLock { $0.append(line) } }
}

/// Opens a world and a phone on which Eric is signed in, and frees both.
private func withEric(
  _ work: @Sendable (RockOn, ScopeId, ScenarioRun) async throws -> Void
) async throws {
  let world = try await World.open()
  let play = ScenarioRun(world, patience: .seconds(30))
  do {
    let client = try await play.phone("eric").running()
    try await client.signIn(email: "eric@rock-on.test", password: Secret(world.password))
    try await work(client, world.band, play)
  } catch {
    Issue.record(error)
  }
  await play.end()
  await world.close()
}

private let everything = SongQuery()

@Suite(
  .serialized, .enabled(if: ScenarioServer.address != nil, "ROCKON_SCENARIO_SERVER is not set"), .timeLimit(.minutes(3))
)
struct WithServer {
  @Test func textsOfEveryKindComeBackAsTheyWent() async throws {
    try await withEric { client, band, _ in
      let long = String(repeating: "🎸é", count: 40_000)
      for (title, notes) in [
        ("🎸🤘🏽 \u{1F469}\u{200D}\u{1F3A4}", "עברית"), ("e\u{301}", "line\r\nline\t"), ("long", long),
      ] {
        let id = try await client.add(.song, to: band, ["title": .text(text: title), "notes": .text(text: notes)])
        let row = try await client.row(.song, id)
        #expect(row?["title"]?.word?.unicodeScalars.elementsEqual(title.unicodeScalars) == true)
        #expect(row?["notes"]?.word?.unicodeScalars.elementsEqual(notes.unicodeScalars) == true)
      }
      // A text of 1 MB is more than a column takes: said at once, and nothing is added.
      let mega: Values = ["title": "mega", "notes": .text(text: String(repeating: "x", count: 1_000_000))]
      #expect(await codeOf { _ = try await client.add(.song, to: band, mega) } == "invalid")
      // PostgreSQL keeps no U+0000: it is refused, or left out, but never cuts the rest off.
      if let id = try? await client.add(.song, to: band, ["title": "a\u{0}b"]) {
        #expect(try await client.row(.song, id)?["title"]?.word == "ab")
      }
    }
  }

  @Test func numbersAndDaysAtTheirEndsComeBackOrAreRefused() async throws {
    try await withEric { client, band, _ in
      let id = try await client.add(.song, to: band, ["title": "Ends", "duration": 86_400])
      #expect(try await client.row(.song, id)?["duration"] == 86_400)
      for wrong in [
        Json.whole(number: .max), .whole(number: .min), .real(number: .infinity), .real(number: .nan),
        .text(text: "fast"),
      ] {
        await #expect(throws: RockOnError.self) { try await client.change(.song, id, ["tempo": wrong]) }
      }
      let far = try await client.add(
        .show, to: band, ["name": "Far", "scheduled_date": "9999-12-31T23:59:59Z"])
      #expect(try await client.row(.show, far) != nil)
      for number in [Int.min, .max] { try await client.seeNotice(NoticeId(number)) }
    }
  }

  @Test func tenThousandStepsArriveInOrderAndNoneIsLost() async throws {
    try await withEric { client, band, _ in
      client.setNetwork(false)
      let feed = try client.songs(everything)
      let songs = (0..<10_000).map { number in SongDraft { $0.title = "Song \(number + 100_000)" } }
      let adding = Task { try await client.addSongs(songs, to: band) }
      var folded: [Song] = []
      for await delivery in feed {
        if case .value(let changes) = delivery { folded.apply(changes) }
        let new = folded.filter { $0.title.hasPrefix("Song 1") && $0.title.count == 11 }
        if new.count == 10_000 { break }
      }
      let ids = try await adding.value
      let fresh = try await until(list: .seconds(30), { try client.songs(everything) }) { $0 }
      #expect(Set(ids).count == 10_000)
      #expect(folded.map(\.id) == fresh.map(\.id))
    }
  }

  @Test func subscriptionsLeaveNothingBehind() async throws {
    try await withEric { client, _, _ in
      // Nothing but the rounds is told anything.
      client.setNetwork(false)
      let threads = threads()
      // Caches fill at first.
      for _ in 0..<4 { _ = try await round(client) }
      let first = try await leastOfFourRounds(client)
      let second = try await leastOfFourRounds(client)
      // Between the two are a thousand subscriptions. The least of some rounds is free of what comes and goes.
      #expect(second - first <= 2 * 1_024, "kB: \(first), then \(second)")
      let left = try await threadsLeft(threads)
      #expect(left <= threads, "threads: \(threads), then \(left)")
    }
  }

  private func leastOfFourRounds(_ client: RockOn) async throws -> Int {
    var least = Int.max
    for _ in 0..<4 { least = min(least, try await round(client)) }
    return least
  }

  /// A number of subscriptions; gives the resident memory in kB after them.
  private func round(_ client: RockOn) async throws -> Int {
    for _ in 0..<250 { try await once(client) }
    let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return try #require(line.flatMap { Int($0.filter(\.isNumber)) })
  }

  private func once(_ client: RockOn) async throws {
    for await delivery in try client.songs(
      SongQuery(limit: 5))
    {
      if case .value = delivery { break }
    }
  }

  /// The core's threads. Those of its pool for work that blocks come as they are needed: how many there are in a round is
  /// chance.
  private func threads() -> Int {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    let names = tasks.map { (try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)) ?? "" }
    return names.count { $0.hasPrefix("rockon") }
  }

  /// The core's threads once those have ended that will, and there are no more than `before`. Ten seconds of rest end
  /// all of the pool, and none that leaked.
  private func threadsLeft(_ before: Int) async throws -> Int {
    let end = ContinuousClock.now + .seconds(40)
    while threads() > before && ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(50))  // Nobody tells of a thread's end.
    }
    return threads()
  }

  @Test func feedsThatAreCancelledWhileTheyWaitEndAndTheClientGoesOn() async throws {
    try await withEric { client, band, _ in
      client.setNetwork(false)
      var waiting: [Task<Int, Never>] = []
      for _ in 0..<100 {
        let feed = try client.songs(everything)
        let (first, told) = AsyncStream.makeStream(of: Void.self)
        waiting.append(
          Task {
            var seen = 0
            for await _ in feed {
              seen += 1
              told.finish()
            }
            return seen
          })
        for await _ in first {}
      }
      for task in waiting { task.cancel() }
      for task in waiting { #expect(await task.value >= 1) }
      let id = try await client.add(.song, to: band, ["title": "After Them"])
      _ = try await client.untilRows(.song, .seconds(30)) { $0.contains { $0.id == id } ? true : nil }
    }
  }

  @Test func aFeedEndsWhenAnotherMemberSignsIn() async throws {
    try await withEric { client, _, _ in
      let bands = try client.bands()
      var seen = 0
      for await _ in bands {
        seen += 1
        if seen == 1 { try await client.signIn(email: "sam@rock-on.test", password: "rock-on-demo") }
      }
      #expect(seen >= 1)
    }
  }

  @Test func aCancelledCallerDoesNotTearTheCall() async throws {
    try await withEric { client, band, _ in
      let adding = Task { try await client.add(.song, to: band, ["title": "Not Torn"]) }
      adding.cancel()
      let id = try await adding.value
      #expect(try await client.row(.song, id)?["title"]?.word == "Not Torn")
    }
  }

  @Test func aConsumerThatThrowsEndsItsOwnFeedOnly() async throws {
    struct Enough: Error {}
    try await withEric { client, band, _ in
      let other = try client.songs(everything)
      await #expect(throws: Enough.self) {
        for await _ in try client.songs(everything) { throw Enough() }
      }
      let id = try await client.add(.song, to: band, ["title": "Still Told"])
      var list: [Song] = []
      for await delivery in other {
        if case .value(let changes) = delivery { list.apply(changes) }
        if list.contains(where: { $0.id == id }) { break }
      }
    }
  }

  @Test func twoClientsInOneProcessKeepApart() async throws {
    try await withEric { eric, band, play in
      let sam = try await play.phone("sam").running()
      try await sam.signIn(email: "sam@rock-on.test", password: "rock-on-demo")
      let id = try await eric.add(.song, to: band, ["title": "Both"])
      _ = try await sam.untilRows(.song, .seconds(30)) { $0.contains { $0.id == id } ? true : nil }
      try await sam.shutdown()
      #expect(try await eric.row(.song, id) != nil)
    }
  }

  @Test @MainActor func aModelFollowsAListAndForgetsItAtSignOut() async throws {
    let world = try await World.open()
    let play = ScenarioRun(world, patience: .seconds(30))
    let client = try await play.phone("eric").running()
    try await client.signIn(email: "eric@rock-on.test", password: Secret(world.password))
    let model = SongsModel()
    let following = Task { await model.follow(try client.songs(everything)) }
    _ = try await client.untilRows(.song, .seconds(30)) { $0.count > 40 ? true : nil }
    while model.items.count <= 40 { await Task.yield() }
    #expect(model.isLoaded)
    try await client.signOut()
    try await following.value
    #expect(model.items.isEmpty && !model.isLoaded)
    await play.end()
    await world.close()
  }

  @Test func callsThatNoScenarioMakes() async throws {
    try await withEric { client, band, _ in
      #expect(try client.damagedFile() == nil)
      #expect(try await client.gigMode() == false)
      #expect(try await client.gig() == nil)
      #expect(Format(fileName: "a.cho") == .chordPro && Format(fileName: "a.mp3") == nil)
      let text = "Name;Artist\nAngels;Robbie Williams\nangels!;robbie williams\n"
      let list = SourceFile(name: "a.csv", bytes: Data(text.utf8))
      let plan = try await client.planImport(of: [list], to: band, columns: [.title, .artist])
      #expect(plan.songs[1].twin == .planned(index: 0) && plan.files[0].columns[0].samples == ["Angels", "angels!"])
      #expect(try await client.runImport(plan, to: band).added.count == 1)
      let again = try await client.planImport(of: [list], to: band)
      let chosen = ImportChoices(twins: .skip, songs: [SongPick(index: 1, choice: .add)])
      #expect(try await client.runImport(again, to: band, chosen).added.count == 1)
      let open = SourceFile(name: "b.csv", bytes: Data("title\n\"open".utf8))
      let broken = try await client.planImport(of: [open], to: band)
      let failure = broken.files[0].failure
      #expect(failure == .openQuote(line: 2) && failure?.text(in: .german).contains("Zeile 2") == true)
      #expect(!WarningKind.unreadable.text(in: .german).isEmpty)
      #expect(try await client.diagnose().text(in: .english).contains("All is well"))
      var reports: [DoctorReport] = []
      for await delivery in try client.doctor() {
        if case .value(let report) = delivery { reports.append(report) }
      }
      #expect(reports.last?.text(in: .english).contains("All is well") == true)
      let parts = TextPart.changes(from: "slow end", to: "slow start")
      #expect(parts.map(\.kind) == [.same, .removed, .added] && parts.last?.text == "start")
      client.setLanguage(.german)
      let german = try await client.diagnose()
      #expect(german.text(in: .german).contains("Alles in Ordnung.\n") && german.checks[0].evidence == "antwortet")
      try await client.seeNotice(NoticeId(1))
      #expect(try await client.myName() == "Eric")
      let night = try await client.createBand("Short")
      let code = try await client.createInvite(to: night)
      let invites = try await client.listInvites(of: night)
      #expect(invites.map(\.code) == [code])
      try await client.revokeInvite(invites[0].id)
      #expect(try await client.listInvites(of: night).isEmpty)
      try await client.deleteBand(night)
      _ = try await until(list: .seconds(30), { try client.practices(PracticeQuery(scope: band, from: nil, limit: 9)) })
      {
        $0.count == 2 ? true : nil
      }
      let song = try await client.untilRows(.song, .seconds(30)) { $0.first?.id }
      _ = try await until(.seconds(30), { try client.song(song) }) { $0 == nil ? nil : true }
    }
  }

  @Test func rowsHaveTypesAndGiveTheirTextsBack() async throws {
    try await withEric { client, band, _ in
      let night = Date(timeIntervalSince1970: 1_797_710_400)
      let odd: Json = ["id": "1", "name": "Pat", "fax": 5]
      let show = try await client.add(
        .show, to: band,
        [
          "name": "Harbour Night", "scheduled_date": "2026-12-19T21:00:00+01:00", "load_in_time": "17:30",
          "set_time": "after the others", "status": "confirmed", "contacts": [odd],
        ])
      let query = ShowQuery(scope: band, from: night)
      let row = try await until(list: .seconds(30), { try client.shows(query) }) { $0.first { $0.id == show } }
      #expect(row.scheduledDate == night && row.status?.code == "confirmed")
      #expect(try await until(.seconds(30), { try client.show(show) }) { $0 } == row)
      _ = try await until(.seconds(30), { try client.practice(show) }) { $0 == nil ? true : nil }
      #expect(
        row.loadInTime == TimeOfDay(hour: 17, minute: 30).map(ShowTime.at(time:))
          && row.setTime?.text == "after the others")
      #expect(row.contacts.map(\.name) == ["Pat"] && row.contacts.map(\.value) == [odd])
      let later = ShowQuery(scope: band, from: night.addingTimeInterval(0.001))
      #expect(try await client.countShows(later) == client.countShows(query) - 1)
    }
    #expect(SetlistStatus.draft.code == "draft" && PracticeStatus.inProgress.code == "in-progress")
    #expect(PracticeType.lesson.code == "lesson" && TimeSignature.counted(beats: 6, unit: 8).text == "6/8")
    #expect(Attendee(member: "me", raw: .null).value == ["memberId": "me"])
    #expect(PractisedSong(song: nil, notes: "slowly", raw: .null).value == ["notes": "slowly"])
  }

  @Test func listsAreCountedWhateverTheirLimit() async throws {
    try await withEric { client, band, _ in
      try await client.waitForFirstSync()
      let letters = try await client.songLetters(SongQuery(scope: band, search: "wonderwall"))
      #expect(letters == [Letter(letter: "W", index: 0)])
      #expect(try await client.countSetlists(SetlistQuery(scope: band, limit: 1)) == 3)
      #expect(try await client.countShows(ShowQuery(scope: band)) == 2)
      #expect(try await client.countCalendar(scope: band) == 4)
      let entries = try await until(list: .seconds(30), { try client.calendar(scope: band) }) { $0 }
      #expect(entries.count == 4 && entries.allSatisfy { $0.at != nil })
      #expect(entries.map(\.isPast) == entries.map(\.isPast).sorted { !$0 && $1 })
      let notices = try await until(list: .seconds(30), { try client.notices() }) { $0.count }
      #expect(try await client.countNotices() == notices)
      #expect(try await client.countUnseenNotices() <= notices)
      #expect(try await client.countNotices(in: band) <= notices)
      #expect(try await client.takeUntold(limit: 9).count <= 9)
      try await client.seeAllNotices(in: band)
      #expect(try await client.countUnseenNotices(in: band) == 0)
      let query = SetlistQuery(scope: band)
      let list = try await until(list: .seconds(30), { try client.setlists(query) }) { $0.first { $0.songs > 0 } }
      #expect(list.items.compactMap(\.number) == (1...list.songs).map { $0 })
      let text = try await client.setlistText(list.id)
      #expect(text.hasPrefix(list.name) && text.contains("1. "))
      #expect(try await client.setlistHtml(list.id).hasPrefix("<!doctype html>"))
      #expect(await codeOf { _ = try await client.songText(list.id) } == "not_found")
      let copy = try await client.duplicateSetlist(list.id, name: "Once more")
      let copied = try await until(.seconds(30), { try client.setlist(copy) }) { $0 }
      #expect(copied.items.map(\.body) == list.items.map(\.body))
      try await client.delete(.setlist, copy)
      try await client.change(list.id, SetlistDraft { $0.status = .archived })
      #expect(try await client.countSetlists(SetlistQuery(scope: band)) == 2)
      #expect(try await client.countSetlists(SetlistQuery(scope: band, archived: true)) == 1)
      #expect(try await client.countPractices(PracticeQuery(scope: band)) == 2)
    }
  }

  @Test func aSongIsCopiedAndMovedAndWaitsToBeSent() async throws {
    try await withEric { client, band, _ in
      client.setNetwork(false)
      guard case .signedIn(let account)? = try await client.statusNow()?.session else { throw RockOnError.SignedOut }
      let mine = ScopeId(of: account.user)
      let song = try await client.add(.song, to: band, ["title": "Basement"])
      let copy = try await client.copySong(song, to: mine)
      let copied = try await until(.seconds(30), { try client.song(copy) }) { $0 }
      #expect(copied.title == "Basement" && copied.scope == mine)
      #expect(try await client.moveSong(copy, to: band))
      #expect(try await client.moveSong(copy, to: band) == false)
      let scope = try await until(.seconds(30), { try client.song(copy) }) { $0?.scope }
      #expect(scope == band)
      let waiting = try await until(list: .seconds(30), { try client.unsentEdits() }) { $0 }
      #expect(waiting.map(\.row) == [song, copy])
      #expect(waiting.allSatisfy { $0.title == "Basement" && $0.verb == .added })
      let lost = RowId("00000000-0000-4000-8000-000000000505")
      #expect(await codeOf { _ = try await client.moveSong(lost, to: mine) } == "not_found")
    }
  }

  @Test func whatAPersonSignsInWithIsChanged() async throws {
    try await withEric { client, _, play in
      let eric = "eric@rock-on.test"
      try await client.requestReauthenticationCode()
      try await client.setPassword("another horse 43", code: play.world.code(eric))
      #expect(try await client.setEmail(eric) == .changed)
      #expect(try await client.accessToken() != Secret(""))
      let refused = await codeOf { _ = try await client.signInWithIdToken(provider: .apple, token: "no token") }
      #expect(refused == "auth")
    }
  }

  @Test func theLogCarriesNoPlantedSecret() async throws {
    let lines = Lines()
    #expect(RockOnLog.start(.debug) { lines.add($0) })
    try await withEric { client, band, _ in
      _ = try await client.add(.song, to: band, ["title": "Planted Title"])
      _ = try? await client.signIn(email: "planted@rock-on.test", password: "planted-password")
    }
    let all = (RockOnLog.recent + lines.all).map { "\($0.part) \($0.text)" }.joined(separator: "\n")
    #expect(!all.isEmpty)
    for planted in ["Planted Title", "planted@", "planted-password", "rock-on-demo", "eyJ"] {
      #expect(!all.contains(planted), "\(planted) is in the log")
    }
  }
}
