import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct NoticesTests {
  private func change(_ ids: String...) -> NoticeBody {
    let rows = ids.map { RowChange(verb: .changed, kind: .song, id: RowId($0), title: $0, fields: [], steps: []) }
    return .changes(author: Author(id: nil, name: "Sam"), rows: rows, count: rows.count)
  }

  private func notice(_ number: Int, _ body: NoticeBody?, day: Int = 0, seen: Bool = false) -> Notice {
    Notice(
      id: NoticeId(number), at: Date(timeIntervalSince1970: Double(day) * 86_400 + 43_200), scope: Samples.scope,
      body: body, text: "notice \(number)", seen: seen)
  }

  private func list(_ phone: Phone, _ notices: [Notice]) async throws -> NoticesScreenModel {
    let model = NoticesScreenModel(phone.shell)
    phone.core.ofNotices.notices.tell([.reset(notices)])
    Task { await model.follow(nil) }
    try await until("the list") { model.isLoaded }
    return model
  }

  @Test func noticesAreGroupedByDayAndWhatAsksStandsElsewhere() async throws {
    let phone = try await Phone()
    let asks = NoticeBody.conflict(
      kind: .song, id: RowId("1"), title: "Hello", fields: ["key"], other: Author(id: nil, name: "Sam"))
    let all = [notice(4, change("a"), day: 2), notice(3, asks, day: 2), notice(2, nil, day: 2), notice(1, nil, day: 1)]
    let model = try await list(phone, all)
    #expect(model.days.map { $0.rows.map(\.text) } == [["notice 4", "notice 2"], ["notice 1"]])
    phone.core.ofNotices.notices.tell([.remove(at: 0)])
    try await until("one less") { model.days.first?.rows.count == 1 }
  }

  @Test func aTapSeesTheNoticeAndLeadsToItsThing() async throws {
    let phone = try await Phone()
    let model = try await list(phone, [notice(1, change("Hello")), notice(2, change("a", "b"))])
    await model.tapped(model.days[0].rows[0])
    #expect(phone.core.calls.last == "see 1")
    #expect(phone.shell.router.tab == .songs && phone.shell.router.path(of: .songs) == [.song(RowId("Hello"))])
    await model.tapped(model.days[0].rows[1])
    #expect(model.opened == NoticeId(2))
    model.leadTapped(model.days[0].rows[1].leads[1])
    #expect(phone.shell.router.path(of: .songs).last == .song(RowId("b")))
  }

  @Test func allSeenCanBeTakenBackAndIsDoneWhenTheBarGoes() async throws {
    let phone = try await Phone()
    let model = try await list(phone, [notice(1, nil)])
    let row = model.days[0].rows[0]
    #expect(model.canClear && model.isNew(row))
    model.allSeenTapped()
    #expect(!model.isNew(row) && !model.canClear)
    await phone.shell.bars.undoTapped()
    #expect(model.isNew(row) && !phone.core.calls.contains { $0.hasPrefix("see") })
    model.allSeenTapped()
    await phone.shell.bars.timeIsUp()
    #expect(phone.core.calls.last == "see all of all" && model.isNew(row))
  }

  @Test func theBandThatIsListedAloneIsKept() async throws {
    let phone = try await Phone()
    let model = try await list(phone, [notice(1, nil)])
    model.band = Samples.scope
    #expect(model.days.isEmpty && !model.isLoaded)
    #expect(NoticesScreenModel(phone.shell).band == Samples.scope)
  }

  @Test func aBannerIsABatchAndWaitsWhileAnEditorIsOpen() async throws {
    let phone = try await Phone()
    let shell = phone.shell
    shell.router.sheet = .edit(.song, RowId("1"))
    phone.core.ofNotices.untold = [
      Untold(id: NoticeId(1), text: "one", scope: Samples.scope), Untold(id: NoticeId(2), text: "two", scope: nil),
    ]
    phone.core.ofNotices.notices.tell([.reset([notice(2, nil), notice(1, nil)])])
    await shell.tellNews()
    #expect(shell.banners.news == nil && phone.core.ofNotices.untold.count == 2)
    shell.router.sheet = nil
    await shell.tellNews()
    try await until("the batch") { shell.banners.news?.lines == ["one", "two"] }
    #expect(shell.banners.news?.band == nil && shell.banners.news?.goal == .notices)
    shell.banners.isOnStage = true
    await shell.tellNews()
    #expect(shell.banners.news == nil)
  }

  @Test func whatComesWhileABannerIsShownIsToldAfterIt() async throws {
    let phone = try await Phone()
    let (shell, fake) = (phone.shell, phone.core.ofNotices)
    let asks = NoticeBody.conflict(
      kind: .song, id: RowId("1"), title: "Hello", fields: ["key"], other: Author(id: nil, name: "Sam"))
    fake.notices.tell([.reset([notice(3, nil), notice(2, nil), notice(1, asks)])])
    fake.untold = [
      Untold(id: NoticeId(1), text: "asks", scope: Samples.scope), Untold(id: NoticeId(2), text: "two", scope: nil),
    ]
    await shell.tellNews()
    try await until("what asks") { shell.banners.news?.lines == ["asks"] }
    fake.untold = [Untold(id: NoticeId(3), text: "three", scope: nil)]
    await shell.tellNews()
    #expect(shell.banners.news?.lines == ["asks"] && fake.untold.count == 1)
    shell.bannerSwipedAway()
    #expect(shell.banners.news?.lines == ["two"])
    shell.banners.isOnStage = true
    await shell.tellNews()
    #expect(shell.banners.news == nil)
    shell.banners.isOnStage = false
    await shell.tellNews()
    try await until("the last") { shell.banners.news?.lines == ["three"] }
  }

  @Test func whoLooksAtTheListNeedsNoBanner() async throws {
    let phone = try await Phone()
    phone.shell.router.touched(.notices)
    phone.core.ofNotices.notices.tell([.reset([notice(1, nil)])])
    phone.core.ofNotices.untold = [Untold(id: NoticeId(1), text: "one", scope: Samples.scope)]
    await phone.shell.tellNews()
    try await until("it is taken") { phone.core.ofNotices.untold.isEmpty }
    for _ in 0..<100 { await Task.yield() }
    #expect(phone.shell.banners.news == nil)
  }

  @Test func theListGrowsBeforeItsEndIsReached() async throws {
    let phone = try await Phone()
    let model = try await list(phone, (0..<100).map { notice($0, nil) })
    let rows = try #require(model.days.first).rows
    model.reached(rows[20])
    #expect(phone.core.ofNotices.notices.limit == nil)
    model.reached(rows[60])
    #expect(phone.core.ofNotices.notices.limit == 200)
  }

  @Test func allSeenIsSaidOfOneListOnly() async throws {
    let phone = try await Phone()
    let model = try await list(phone, [notice(1, nil)])
    let row = model.days[0].rows[0]
    model.allSeenTapped()
    model.band = Samples.scope
    #expect(model.isNew(row))
  }

  @Test func aTapOnTheBannerLeadsThereAndSeesIt() async throws {
    let phone = try await Phone()
    phone.core.ofNotices.notices.tell([.reset([notice(1, change("Hello"))])])
    phone.core.ofNotices.untold = [Untold(id: NoticeId(1), text: "one", scope: Samples.scope)]
    try await until("the banner") {
      Task { await phone.shell.tellNews() }
      return phone.shell.banners.news != nil
    }
    await phone.shell.bannerTapped()
    #expect(phone.shell.router.path(of: .songs) == [.song(RowId("Hello"))])
    #expect(phone.core.calls.last == "see 1" && phone.shell.banners.news == nil)
  }
}
