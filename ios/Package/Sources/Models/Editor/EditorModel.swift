import Foundation
import Observation
import RockOnCore

/// The editor of a row of any kind, which never loses text: what was typed is kept until it is saved or let go.
@MainActor @Observable public final class EditorModel {
  /// What can be written, in order.
  public private(set) var fields: [EditedField]
  /// Somebody deleted the row meanwhile.
  public private(set) var isDeleted = false
  /// Leaving would lose what was typed: the question is open.
  public var asksToDiscard = false
  /// What the core refused.
  public private(set) var failure: RockOnError?
  /// Where it belongs; nothing until that is known.
  public private(set) var scope: ScopeId?
  private var setlists: [Setlist] = []
  private var members: [Member] = []
  private var attendees: [Attendee] = []
  private var values: Values = [:]
  private var nameOfSetlist: String?
  /// It is being written: a second touch would write it twice.
  private var isSaving = false
  private let kind: Kind
  private let id: RowId?
  private let wrapsUp: Bool
  private let item: EditedItem?
  private let shell: Shell

  /// Of a row that is there, or a new one in a scope; with what was typed and not saved the last time. Or of what became of a
  /// practice, or of an item of a setlist.
  public init(
    _ kind: Kind, _ id: RowId? = nil, in scope: ScopeId? = nil, wrapsUp: Bool = false, item: EditedItem? = nil,
    _ shell: Shell
  ) {
    (self.kind, self.id, self.scope, self.wrapsUp, self.item, self.shell) = (kind, id, scope, wrapsUp, item, shell)
    fields = (item?.fields ?? (wrapsUp ? Field.wrapUp : Field.all(of: kind))).map(EditedField.init)
    for at in fields.indices {
      let (field, fresh) = (fields[at].field, id == nil ? fields[at].field.fresh : "")
      fields[at].text = shell.kept.read(key(field)) ?? fresh
      fields[at].base = shell.kept.read(key(field) + ".base") ?? fresh
    }
  }

  /// What it is called above: a key of the catalogue.
  public var title: String {
    if wrapsUp { return "practice.wrap_up" }
    if let item { return item.title }
    if id != nil { return "app.edit" }
    return switch kind {
    case .setlist: "setlists.add"
    case .show: "show.new_title"
    case .practice: "practice.new_title"
    default: "songs.new_title"
    }
  }

  /// Something was typed that is not saved.
  public var isTouched: Bool { fields.contains { $0.isTouched } }
  /// There is something to save, and somewhere to save it.
  public var canSave: Bool { (isTouched || wrapsUp) && !isDeleted && !isSaving }
  /// What was deleted can be there again; what was taken out of a setlist is put back there.
  public var canComeBack: Bool { item == nil }
  /// What was typed, for another app.
  public var typed: String { fields.filter(\.isTouched).map(\.text).joined(separator: "\n") }

  /// What can be chosen in a field; what is chosen is there even where nobody knows it.
  public func options(of field: EditedField) -> [Field.Choice] {
    switch field.field.sort {
    case .choice(let choices): with(field.text, field.text, choices)
    case .setlist:
      with(
        field.text, nameOfSetlist ?? "–",
        [Field.Choice("", "calendar.no_setlist")] + setlists.map { Field.Choice($0.id.text, text: $0.name) })
    case .ticks(let column):
      linesOf(Field(column, "", .lines).text(of: values[column])).map { Field.Choice($0, text: $0) }
    case .members: people(field.text)
    default: []
    }
  }

  /// What somebody made of a field meanwhile, as one reads it.
  public func theirs(_ field: EditedField) -> Fact.Value? {
    guard field.field.sort == .members, let text = field.theirText else { return field.theirs }
    return .text(members.filter { linesOf(text).contains($0.attends) }.map(\.name).joined(separator: ", "))
  }

  /// Who is in the band, and whoever else comes.
  private func people(_ chosen: String) -> [Field.Choice] {
    let chosen = linesOf(chosen)
    let known = members.filter { $0.active || chosen.contains($0.attends) }
    let others = chosen.filter { one in !known.contains { $0.attends == one } }
    return known.map { Field.Choice($0.attends, text: $0.name) } + others.map { Field.Choice($0, text: "–") }
  }

  /// Those who were there stay as they are, with what nobody sees here.
  private func coming(_ chosen: [String]) -> Json? {
    let stay = attendees.filter { $0.member.map(chosen.contains) ?? true }
    let new = chosen.filter { one in !stay.contains { $0.member == one } }
    return PracticeDraft { $0.attendees = stay + new.map { Attendee(member: $0, raw: .null) } }.values["attendees"]
  }

  /// Follows the row until the task is cancelled.
  public func follow() async {
    guard let id else { return }
    await shell.follow({ try shell.core.watchRow(kind, id) }, failed: { failure = $0 }) { try await arrived($0, id) }
  }

  /// Follows the setlists that can be chosen, where there is such a field.
  public func followSetlists() async {
    guard let scope, fields.contains(where: { $0.field.sort == .setlist }) else { return }
    let query = SetlistQuery(scope: scope, archived: false)
    await shell.follow({ try shell.core.watchSetlists(query) }, failed: { failure = $0 }) { setlists.apply($0) }
  }

  /// Follows who can come, where that is asked.
  public func followMembers() async {
    guard let scope, fields.contains(where: { $0.field.sort == .members }) else { return }
    await shell.follow({ try shell.core.watchMembers(of: scope, former: true) }, failed: { failure = $0 }) {
      members.apply($0)
    }
  }

  /// The person typed.
  public func typed(_ text: String, in field: Field) {
    write(field) { ($0.text, $0.wrong) = (text, nil) }
  }

  /// The person chose a day and a time.
  public func picked(_ moment: Date, in field: Field) { typed(written(moment), in: field) }

  /// The person wants to choose a day: it begins with this evening.
  public func dayTapped(_ field: Field) {
    picked(Calendar.current.date(bySettingHour: 20, minute: 0, second: 0, of: .now) ?? .now, in: field)
  }

  /// One of the options is ticked.
  public func isTicked(_ option: Field.Choice, in field: EditedField) -> Bool {
    linesOf(field.text).contains(option.code)
  }

  /// The person ticks one of the options, or takes the tick away.
  public func tickTapped(_ option: Field.Choice, in field: EditedField) {
    let ticked = options(of: field).filter { isTicked($0, in: field) != ($0 == option) }
    typed(ticked.map(\.code).joined(separator: "\n"), in: field.field)
  }

  /// Theirs instead of mine.
  public func takeTheirsTapped(_ field: Field) { write(field) { $0.takeTheirs() } }

  /// The person is done: saved on this phone, and away.
  public func saveTapped() async {
    if isRight(), canSave { await once { try await save() } }
  }

  /// Out of the editor: at once when nothing would be lost.
  public func closeTapped() {
    if isTouched { asksToDiscard = true } else { leave() }
  }

  /// What was typed is let go.
  public func discardTapped() { leave() }

  /// The row that somebody deleted is there again, with what was typed.
  public func bringBackTapped() async {
    guard let id, let scope, isRight(), !isSaving else { return }
    await once {
      _ = try await shell.core.restore(kind, id, in: scope)
      try await save()
    }
  }

  /// All can be saved; where something cannot, that is said at its field.
  private func isRight() -> Bool {
    for at in fields.indices where fields[at].isTouched || id == nil { fields[at].judge() }
    return fields.allSatisfy { $0.wrong == nil }
  }

  private func once(_ act: () async throws -> Void) async {
    isSaving = true
    defer { isSaving = false }
    do { try await act() } catch { failure = ours(error) }
  }

  private func save() async throws {
    let written = fields.filter { $0.isTouched || id == nil && !$0.field.fresh.isEmpty }
    var values = Dictionary(uniqueKeysWithValues: written.map { ($0.id, $0.value ?? .null) })
    if wrapsUp { values["status"] = "completed" }
    for field in written where field.field.sort == .members { values[field.id] = coming(linesOf(field.text)) }
    if let id, let item {
      try await item.save(values, over: self.values, in: id, shell.core)
      leave()
    } else if let id {
      if !values.isEmpty { _ = try await shell.core.change(kind, id, values) }
      leave()
    } else if let scope {
      let added = try await shell.core.add(kind, to: scope, values)
      leave()
      if let place = Place(kind, added) { shell.router.go(to: place) }
    }
  }

  private func arrived(_ row: Row?, _ id: RowId) async throws {
    guard let row, let values = try await values(of: row, id) else { return isDeleted = true }
    if let setlist = row.setlist { nameOfSetlist = try await shell.core.name(of: .setlist, setlist) }
    (isDeleted, scope, self.values, attendees) = (false, row.scope, values, row.attendees)
    let coming = attendees.compactMap(\.member).joined(separator: "\n")
    for at in fields.indices {
      let field = fields[at].field
      fields[at].arrived(field.sort == .members ? coming : field.text(of: values[field.column]))
    }
  }

  private func values(of row: Row, _ id: RowId) async throws -> Values? {
    if let item { item.values(in: row) } else { try await shell.core.row(kind, id) }
  }

  private func with(_ code: String, _ text: String, _ known: [Field.Choice]) -> [Field.Choice] {
    known.contains { $0.code == code } ? known : known + [Field.Choice(code, text: text)]
  }

  private func write(_ field: Field, _ change: (inout EditedField) -> Void) {
    failure = nil
    for at in fields.indices where fields[at].field == field {
      change(&fields[at])
      let isTouched = fields[at].isTouched
      shell.kept.write(isTouched ? fields[at].text : nil, for: key(field))
      shell.kept.write(isTouched ? fields[at].base : nil, for: key(field) + ".base")
    }
  }

  private func leave() {
    for field in fields {
      shell.kept.write(nil, for: key(field.field))
      shell.kept.write(nil, for: key(field.field) + ".base")
    }
    shell.router.sheet = nil
  }

  private func key(_ field: Field) -> String {
    let row = [id?.text ?? "new/\(scope?.text ?? "")", item?.id].compactMap { $0 }.joined(separator: "/")
    return "edit/\(kind)/\(row)/\(field.column)"
  }
}
