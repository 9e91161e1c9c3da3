import Models
import RockOnCore

/// The part of the core that an import needs: each file has one song, called as the file; that of "known" is there already.
extension FakeCore {
  /// Counted.
  public func plan(_ files: [SourceFile], for scope: ScopeId) async throws(RockOnError) -> ImportPlan {
    try call("plan \(files.map(\.name).joined(separator: ", "))")
    return Samples.plan(files.map(\.name))
  }
  /// Counted.
  public func run(_ plan: ImportPlan, for scope: ScopeId, _ twins: SongChoice) async throws(RockOnError) -> ImportDone {
    try call("import \(plan.songs.count), \(twins) what is there")
    return ImportDone(added: [RowId("new")], updated: 1, skipped: 0)
  }
}

extension Samples {
  /// What these files have in them.
  public static func plan(_ names: [String]) -> ImportPlan {
    let files = names.map { name in
      FilePlan(
        name: name, failure: name == "broken.csv" ? .openQuote(line: 3) : nil, kind: .table, encoding: "UTF-8",
        delimiter: ",", headerLine: 1, columns: [], ignored: name == "known.csv" ? ["Mood", "Year"] : [], songs: 1,
        hasChart: false)
    }
    let songs = zip(names, 0...).map { name, at in
      PlannedSong(
        values: ["title": .text(text: name)], file: at, line: 2,
        twin: name == "known.csv" ? .kept(id: RowId("known")) : nil)
    }
    let bad = names.contains("known.csv") ? [BadLine(file: 0, line: 7, column: nil, reason: "It has no title.")] : []
    let warnings =
      names.contains("known.csv")
      ? [Warning(file: 0, line: 4, meaning: .tempo, text: "fast", kind: .unreadable)] : []
    return ImportPlan(
      files: files, songs: songs, bad: bad, badLines: bad.count, warnings: warnings, warningCount: warnings.count)
  }
}
