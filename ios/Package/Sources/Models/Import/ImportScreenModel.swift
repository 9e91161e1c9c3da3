import Foundation
import Observation
import RockOnCore

/// What the import needs of the core.
public protocol ImportCore: Sendable {
  func plan(_ files: [SourceFile], for scope: ScopeId) async throws(RockOnError) -> ImportPlan
  func run(_ plan: ImportPlan, for scope: ScopeId, _ twins: SongChoice) async throws(RockOnError) -> ImportDone
}

extension RockOn {
  /// With the meanings that the core finds for a table's columns.
  public func plan(_ files: [SourceFile], for scope: ScopeId) async throws(RockOnError) -> ImportPlan {
    try await planImport(of: files, to: scope)
  }
  /// All songs of the plan; `twins` is what becomes of those that are there already.
  public func run(_ plan: ImportPlan, for scope: ScopeId, _ twins: SongChoice) async throws(RockOnError) -> ImportDone {
    try await runImport(plan, to: scope, ImportChoices(twins: twins, songs: []))
  }
}

/// A file that the person chose; nothing in it where the system does not give it.
public struct ChosenFile: Sendable {
  let name: String
  let bytes: Data?

  /// As the system calls it.
  public init(name: String, bytes: Data?) { (self.name, self.bytes) = (name, bytes) }
}

/// Songs from files. The core reads them into a plan, which is shown first; nothing is stored before that is asked for.
@MainActor @Observable public final class ImportScreenModel {
  /// Something to look at, and where it stands.
  public struct Remark: Hashable, Identifiable, Sendable {
    /// Which one it is, from 0.
    public let id: Int
    public let file: String
    public let line: Int
    /// What stands there.
    public let text: String
    /// What became of it; nothing for a line that is no song.
    public let kind: WarningKind?
  }
  /// A file that gave nothing; why, where the core says it.
  public struct Unread: Hashable, Identifiable, Sendable {
    public let id: String
    public let why: ImportError?
  }

  /// The system asks for files.
  public var isChoosing = false
  /// What becomes of songs that are there already.
  public var choice = SongChoice.skip
  /// Files are read, or songs are stored.
  public private(set) var isBusy = false
  /// What the core refused.
  public private(set) var failure: RockOnError?
  private var plan: ImportPlan?
  private var lost: [String] = []
  private let band: ScopeId
  private let shell: Shell

  /// For a band, or what is the person's own.
  public init(_ band: ScopeId, _ shell: Shell) { (self.band, self.shell) = (band, shell) }

  /// Files were read.
  public var isRead: Bool { plan != nil }
  /// How many songs were found, are there already, are taken.
  public var songs: Int { plan?.songs.count ?? 0 }
  public var known: Int { plan?.songs.filter { $0.twin != nil }.count ?? 0 }
  public var taken: Int { choice == .skip ? songs - known : songs }
  /// There is something to store.
  public var canImport: Bool { taken > 0 && !isBusy }
  /// Columns that no song has.
  public var ignored: String? { plan.flatMap { $0.files.flatMap(\.ignored).joined(separator: ", ").written } }
  /// Files that gave nothing.
  public var unread: [Unread] {
    let failed = plan?.files.compactMap { file in file.failure.map { Unread(id: file.name, why: $0) } } ?? []
    return failed + lost.map { Unread(id: $0, why: nil) }
  }
  /// How many things there are to look at, and the first of them.
  public var toLookAt: Int { plan.map { $0.warningCount + $0.badLines } ?? 0 }
  public var remarks: [Remark] {
    guard let plan else { return [] }
    let all =
      plan.bad.map { ($0.file, $0.line, $0.reason, nil) } + plan.warnings.map { ($0.file, $0.line, $0.text, $0.kind) }
    return zip(all, 0...).compactMap { one, id in
      guard plan.files.indices.contains(one.0) else { return nil }
      return Remark(id: id, file: plan.files[one.0].name, line: one.1, text: one.2, kind: one.3)
    }
  }

  /// The person wants to choose files.
  public func chooseTapped() { isChoosing = true }

  /// Files were chosen, or none.
  public func chose(_ files: Result<[URL], any Error>) async {
    guard case .success(let places) = files, !places.isEmpty else { return }
    await once {
      let chosen = await shell.device.read(places)
      let readable = chosen.compactMap { file in file.bytes.map { SourceFile(name: file.name, bytes: $0) } }
      plan = try await shell.core.plan(readable, for: band)
      lost = chosen.filter { $0.bytes == nil }.map(\.name)
    }
  }

  /// The person wants them.
  public func importTapped() async {
    guard let plan, canImport else { return }
    await once {
      let done = try await shell.core.run(plan, for: band, choice)
      shell.router.sheet = nil
      shell.tell(.imported(done.added.count + done.updated))
    }
  }

  /// Nothing is stored.
  public func closeTapped() { shell.router.sheet = nil }

  private func once(_ act: () async throws -> Void) async {
    (isBusy, failure) = (true, nil)
    defer { isBusy = false }
    do { try await act() } catch { failure = ours(error) }
  }
}
