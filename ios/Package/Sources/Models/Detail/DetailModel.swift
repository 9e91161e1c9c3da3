import Foundation
import Observation
import RockOnCore

/// One song, show or practice. To look at it is to have read it: what was different by then stays on screen until it is
/// dismissed.
@MainActor @Observable public final class DetailModel {
  /// What is seen.
  public enum Shown: Equatable, Sendable {
    case opening, there, gone
    case failed(RockOnError)
  }

  /// What is seen.
  public private(set) var shown: Shown = .opening
  /// What it is called.
  public private(set) var title: Fact.Value = .text("")
  /// What is known of it besides, in order; notes come after them. Pay is for those who may edit.
  public var facts: [Fact] { (known + named).filter { mayEdit || $0.field.sort != .amount } }
  /// What there is of a song on the web.
  public private(set) var links: [NamedLink] = []
  /// What to watch out for; nothing where nobody wrote it.
  public private(set) var notes: Fact?
  /// Whom to call there.
  public private(set) var people: [Person] = []
  /// Where it is, on the system's map.
  public private(set) var mapURL: URL?
  /// What its setlist is called; nothing where there is none, or it is not here.
  public private(set) var setlist: String?
  /// What is different since the person looked.
  public var changes: [Change] { new.filter { mayEdit || $0.field.sort != .amount } }
  /// Who changed it last, where that is known, and when.
  public private(set) var lastBy: String?
  public private(set) var lastAt: Date?
  /// The song as text, to be shared; nothing until it is known.
  public private(set) var text: String?
  /// It does not take place.
  public private(set) var isCancelled = false
  /// What it is.
  public let kind: Kind
  private var known: [Fact] = []
  private var named: [Fact] = []
  private var new: [Change] = []
  private var row: Row?
  private var isMine = false
  private var status: Json = .null
  /// A second touch would fail, and what it says would stand where the first can be taken back.
  private var isDeleting = false
  private let id: RowId
  private let shell: Shell

  /// The row of this kind.
  public init(_ kind: Kind, _ id: RowId, _ shell: Shell) { (self.kind, self.id, self.shell) = (kind, id, shell) }

  /// Something of it is on this phone only.
  public var isUnsent: Bool { row?.isUnsent == true }
  /// What the person may not do is not offered.
  public var mayEdit: Bool { home?.mayEdit == true }
  private var home: BandChoice? { shell.bands.all.first { $0.id == row?.scope } }
  /// There is more to do with it than to write in it.
  public var hasMore: Bool { mayEdit || hasHistory }
  /// It can be read who changed it.
  public var hasHistory: Bool { kind == .song }
  /// There is another band that takes a copy of the song. It is moved by who made it, or manages the band.
  public var mayCopy: Bool { kind == .song && !shell.bands.others(than: row?.scope).isEmpty }
  public var mayMove: Bool { mayCopy && mayEdit && (isMine || home?.mayManage == true || home?.name == nil) }
  /// It can be called off.
  public var mayCancel: Bool { mayEdit && !isCancelled && kind != .song }
  /// It can be written what became of it.
  public var mayWrapUp: Bool { mayEdit && !isCancelled && kind == .practice }

  /// Follows the row until the task is cancelled.
  public func follow() async {
    await shell.follow({ try shell.core.watchRow(kind, id) }, failed: { shown = .failed($0) }) { try await take($0) }
  }

  /// The person has read what is different.
  public func changesDismissed() { new = [] }
  /// The person wants to write in it.
  public func editTapped() { shell.router.sheet = .edit(kind, id) }
  /// The person wants to write what became of a practice.
  public func wrapUpTapped() { shell.router.sheet = .wrapUp(id) }
  /// The person wants to know who changed it.
  public func historyTapped() { shell.router.go(to: .history(id)) }
  /// The person wants it in another band too, or there alone.
  public func toBandTapped(moves: Bool) {
    if let row { shell.router.sheet = .intoBand(id, from: row.scope, moves: moves) }
  }
  /// The person wants to see its setlist.
  public func setlistTapped() {
    if let setlist = row?.setlist { shell.router.go(to: .setlist(setlist)) }
  }

  /// It does not take place. It can be taken back by the bar.
  public func cancelTapped() async {
    let (core, kind, id, before) = (shell.core, kind, id, status)
    await shell.attempt {
      _ = try await core.change(kind, id, ["status": "cancelled"])
      shell.tell(.cancelled(name: row?.name)) { _ = try await core.change(kind, id, ["status": before]) }
    }
  }

  /// The person deletes it. It can be taken back by the bar.
  public func deleteTapped() async {
    guard let row, let place = Place(kind, id), !isDeleting else { return }
    isDeleting = true
    defer { isDeleting = false }
    if await shell.delete(kind, id, row.name, in: row.scope) { shell.router.leave(place) }
  }

  /// The row first; what has to be asked for comes after it.
  private func take(_ row: Row?) async throws {
    guard let row, let values = try await shell.core.row(kind, id) else { return shown = .gone }
    let fields = Field.all(of: kind) + Field.others(of: kind)
    let all = fields.compactMap { Fact($0, values[$0.column]) }
    (shown, self.row, status) = (.there, row, values["status"] ?? .null)
    isCancelled = status == "cancelled"
    title = row.name.map { .text($0) } ?? all.first { $0.id == Field.type.id }?.value ?? .name("app.kind_practice")
    known = all.filter { $0.link == nil && !["title", "name", "type", "notes", "setlist_id"].contains($0.id) }
    notes = all.first { $0.id == "notes" }
    people = row.contacts.map(Person.init)
    isMine = shell.bands.me.map { values["created_by"]?.words == $0.text } == true
    links = all.compactMap(\.link) + references(in: values)
    mapURL = mapLink(["venue", "location"].compactMap { values[$0]?.words })
    if row.isUnread { try await read(fields) }
    try await ask(row)
  }

  private func ask(_ row: Row) async throws {
    let core = shell.core
    if let setlist = row.setlist { self.setlist = try await core.name(of: .setlist, setlist) } else { setlist = nil }
    var songs: [String] = []
    for song in row.songs { try await core.name(of: .song, song).map { songs.append($0) } }
    let people = try await namesOfAttendees(row)
    named = [(Field.songs, songs), (Field.attendees, people)].compactMap { Fact($0, $1.joined(separator: "\n")) }
    let last = try await core.lastChange(of: kind, id)
    (lastBy, lastAt) = (last?.byName, last?.at)
    if kind == .song { text = try await core.songText(id) }
  }

  private func namesOfAttendees(_ row: Row) async throws -> [String] {
    if row.attendees.isEmpty { return [] }
    var (members, all) = (
      try shell.core.watchMembers(of: row.scope, former: true).deliveries.makeAsyncIterator(), [Member]()
    )
    if case .value(let told) = await members.next() { all.apply(told) }
    return row.attendees.compactMap { one in all.first { $0.attends == one.member }?.name }
  }

  private func read(_ fields: [Field]) async throws {
    let seen = try await shell.core.changesSinceSeen(kind, id)?.fields ?? []
    let found = seen.compactMap { Change($0.field, from: $0.from, to: $0.to, by: $0.byName, of: fields) }
    if !found.isEmpty { new = found }
    try await shell.core.markRead(kind, id)
  }
}
