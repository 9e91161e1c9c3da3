import Foundation
import Observation
import RockOnCore

/// One setlist and its order. To look at it is to have read it: what was different by then stays until it is dismissed.
///
/// What a finger does to the order is shown at once; the core's answer follows, or a bar that says why not.
@MainActor @Observable public final class SetlistScreenModel {
  /// What is seen.
  public enum Shown: Equatable, Sendable {
    case opening, setlist, gone
    case failed(RockOnError)
  }

  /// What is seen.
  public private(set) var shown: Shown = .opening
  /// What is played, in order.
  public private(set) var rows: [ItemRow] = []
  /// What was done to it since the person looked.
  public private(set) var steps: [Step] = []
  /// Its name or its notes are others since the person looked.
  public private(set) var changedName: String?
  public private(set) var changedNotes: String?
  /// Who has looked at it as it is now, and at an earlier version.
  public private(set) var seenBy: String?
  public private(set) var seenEarlierBy: String?
  /// As text and for the printer; nothing until it is known.
  public private(set) var text: String?
  /// A heading is being named.
  public var asksForSection = false
  /// The name that is typed.
  public var typed = ""
  private var list: Setlist?
  private let id: RowId
  private let shell: Shell

  /// The setlist of this row.
  public init(_ id: RowId, _ shell: Shell) { (self.id, self.shell) = (id, shell) }

  /// As it is written.
  public var name: String { list?.name ?? "" }
  /// About all of it.
  public var notes: String? { list?.notes?.written }
  /// When its show is.
  public var date: Date? { list?.showDate }
  /// When its set begins and ends by that show, to be written as a time of day.
  public var start: Date? { list?.start.flatMap(today) }
  public var end: Date? { list?.end.flatMap(today) }
  /// How many songs are in it, and how many of them have no length.
  public var songs: Int { list?.songs ?? 0 }
  public var untimed: Int { list?.untimed ?? 0 }
  /// How long its songs and breaks take, as far as that is known.
  public var length: String? { list.flatMap { $0.runningTime > 0 ? writtenLength($0.runningTime) : nil } }
  /// Something of it is on this phone only.
  public var isUnsent: Bool { list?.pending == true }
  /// What the person may not do is not offered.
  public var mayEdit: Bool { shell.bands.all.first { $0.id == list?.scope }?.mayEdit == true }
  /// A heading has a name.
  public var canSave: Bool { typed.written != nil }
  /// There is something to look at again.
  public var isChanged: Bool { !steps.isEmpty || changedName != nil || changedNotes != nil }

  /// Follows the setlist until the task is cancelled.
  public func follow() async {
    await shell.follow({ try shell.core.watchSetlist(id) }, failed: { shown = .failed($0) }, take)
  }

  /// The person has read what is different.
  public func changesDismissed() { (steps, changedName, changedNotes) = ([], nil, nil) }

  /// The person dragged an item before the one that stands there.
  public func moved(_ from: IndexSet, to: Int) async {
    guard let at = from.first, rows.indices.contains(at) else { return }
    await move(rows[at], to: to > at ? to - 1 : to)
  }

  /// The person moved an item without dragging it.
  public func movedUp(_ row: ItemRow) async { await move(row, by: -1) }
  public func movedDown(_ row: ItemRow) async { await move(row, by: 1) }
  public func movedFirst(_ row: ItemRow) async { await move(row, to: 0) }
  public func movedLast(_ row: ItemRow) async { await move(row, to: rows.count - 1) }

  /// The person swiped an item out. It can be taken back by the bar.
  public func swipedOut(_ row: ItemRow) async {
    let (core, id) = (shell.core, id)
    await change(rows.filter { $0.id != row.id }) {
      let taken = try await core.removeItem(id, row.id)
      shell.tell(.tookOut(title: row.title)) { try await core.putItemBack(id, taken) }
    }
  }

  /// The person wants to write notes for tonight, other minutes, another heading.
  public func editTapped(_ row: ItemRow) { EditedItem(row).map(edit) }
  /// The person wants to write its name and notes.
  public func editTapped() { shell.router.sheet = .edit(.setlist, id) }
  /// The person wants songs of the library in it.
  public func addSongsTapped() { shell.router.sheet = .addSongs(id) }
  /// The person wants a break in it: as long as it takes to queue for a drink, until somebody says otherwise.
  public func addBreakTapped() async {
    await shell.attempt { edit(EditedItem(try await shell.core.addBreak(id, minutes: 15), .pause)) }
  }
  /// The person wants a heading in it.
  public func addSectionTapped() { (asksForSection, typed) = (true, "") }
  /// The heading has a name.
  public func sectionNamed() async {
    guard let title = typed.written else { return }
    await shell.attempt { try await shell.core.addSection(id, title: title) }
  }

  /// The person plays it.
  public func startTapped() async { await shell.attempt { try await shell.core.startGig(id) } }
  /// The person wants it on paper.
  public func printTapped() async {
    await shell.attempt { shell.device.printOut(try await shell.core.setlistHtml(id), named: name) }
  }

  private func edit(_ item: EditedItem) { shell.router.sheet = .item(item, in: id) }

  private func move(_ row: ItemRow, by step: Int) async {
    guard let at = rows.firstIndex(where: { $0.id == row.id }) else { return }
    await move(row, to: at + step)
  }

  private func move(_ row: ItemRow, to place: Int) async {
    var order = rows.filter { $0.id != row.id }
    guard rows.indices.contains(place), order.count == rows.count - 1, rows[place].id != row.id else { return }
    order.insert(row, at: place)
    let after = place == 0 ? ItemPlace.first : .after(item: order[place - 1].id)
    await change(order) { try await shell.core.moveItem(id, row.id, place: after) }
  }

  /// What is not done is told, and what was shown as done is as it was.
  private func change(_ order: [ItemRow], _ act: @MainActor () async throws -> Void) async {
    rows = order
    if await !shell.attempt(act) { rows = list?.items.map(ItemRow.init) ?? [] }
  }

  /// The setlist first; what has to be asked for comes after it.
  private func take(_ list: Setlist?) async throws {
    guard let list else { return shown = .gone }
    let isOther = self.list?.rev != list.rev
    (shown, self.list, rows) = (.setlist, list, list.items.map(ItemRow.init))
    text = try await shell.core.setlistText(id)
    guard isOther || list.unread else { return }
    if let changes = try await shell.core.changesSinceSeen(.setlist, id) { take(changes, of: list) }
    // Even if it is not new: others see who has looked.
    try await shell.core.markRead(.setlist, id)
    await whoHasSeen()
  }

  private func take(_ changes: ChangesSinceSeen, of list: Setlist) {
    let fields = changes.fields.map(\.field)
    steps = Step.all(changes.steps)
    changedName = fields.contains("name") ? list.name : nil
    changedNotes = fields.contains("notes") ? list.notes ?? "" : nil
  }

  /// Only the server knows; without it nobody is named.
  private func whoHasSeen() async {
    let others = ((try? await shell.core.seenBy(.setlist, id)) ?? []).filter { $0.user != shell.bands.me }
    func names(_ isCurrent: Bool) -> String? {
      let names = others.filter { $0.current == isCurrent }.map(\.name)
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    (seenBy, seenEarlierBy) = (names(true), names(false))
  }

  private func today(_ time: TimeOfDay) -> Date? { Calendar.current.date(from: time.components) }
}
