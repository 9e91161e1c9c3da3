import Foundation

/// Import, export and the doctor.
extension RockOn {
  /// A song as plain text in the app's language, notes included: to be sent to people. Throws `NotFound`.
  public func songText(_ id: RowId) async throws(RockOnError) -> String {
    try await calling { try await core.songText(id: id) }
  }

  /// A setlist as plain text in the app's language: songs numbered, with key, capo, tempo and length; breaks, sections,
  /// running time. Throws `NotFound`.
  public func setlistText(_ id: RowId) async throws(RockOnError) -> String {
    try await calling { try await core.setlistText(id: id) }
  }

  /// The same as one page of HTML for the system's printing: large, black on white; it runs and loads nothing. Throws
  /// `NotFound`.
  public func setlistHtml(_ id: RowId) async throws(RockOnError) -> String {
    try await calling { try await core.setlistHtml(id: id) }
  }

  /// Reads files into a plan and marks the songs that the band, or my personal scope, has already; nothing is stored. What a
  /// file is, is found by its content; `columns` are meanings that the person chose for a table's columns, by place. A
  /// file that cannot be read says so in the plan.
  ///
  /// Throws `Invalid` when there is too much altogether: 2,000 files, 20 MB, 10,000 songs.
  public func planImport(
    of files: [SourceFile], to scope: ScopeId, columns: [Meaning] = []
  ) async throws(RockOnError) -> ImportPlan {
    try await calling { try await core.planImport(scope: scope, files: files, columns: columns) }
  }

  /// Adds and changes what was chosen of a plan, queued like any edit. Running it twice adds nothing twice, unless that
  /// was chosen.
  @discardableResult
  public func runImport(
    _ plan: ImportPlan, to scope: ScopeId, _ choices: ImportChoices = ImportChoices(twins: .skip, songs: [])
  ) async throws(RockOnError) -> ImportDone {
    try await calling { try await core.runImport(scope: scope, plan: plan, choices: choices) }
  }

  /// All songs of a band, or my own, as the text of a file, and what is not whole in it.
  public func exportSongs(of scope: ScopeId, _ format: Format) async throws(RockOnError) -> SongFile {
    try await calling { try await core.exportSongs(scope: scope, format: format) }
  }

  /// Looks at services, network, auth and app, in that order. Never fails but by a shutdown; takes as long as the
  /// time-outs of what does not answer.
  public func diagnose() async throws(RockOnError) -> DoctorReport {
    try await calling { try await core.diagnose() }
  }

  /// The same, told as it goes: each value is the report with the checks so far. The last one has all; then the feed ends. What
  /// stands in a report before the last is not the verdict yet.
  public func doctor() throws(RockOnError) -> Feed<DoctorReport> {
    try Feed({ try core.observeDoctor() }) { items in
      if case .examination(let value) = items { value } else { nil }
    }
  }

  /// Where a damaged file was put when the data was opened; nothing when all was well. Returns at once.
  public func damagedFile() throws(RockOnError) -> String? {
    do {
      return try core.damagedFile()
    } catch {
      throw RockOnError(error)
    }
  }
}

extension Format {
  /// What a file is written as, by its name; nothing if it is neither CSV nor ChordPro.
  public init?(fileName: String) {
    guard let format = songFormat(fileName: fileName) else { return nil }
    self = format
  }
}
