import Foundation
import RockOnFFI

/// Import, export and the doctor.
extension RockOnClient {
  /// Reads a file into a plan, a dry run: nothing is stored. ``addSongs(_:to:)`` adds what it holds.
  ///
  /// Throws `Invalid` when the file as a whole cannot be read: larger than 5 MB, more than 10,000 songs, no text, empty,
  /// no title column.
  public func readSongs(_ file: Data, _ format: Format) async throws(RockOnError) -> ImportPlan {
    try await calling { try await core.readSongs(file: file, format: format) }
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

  /// Where a damaged file was put when the data was opened; nothing when all was well. Returns at once.
  public func damagedFile() throws(RockOnError) -> String? {
    do {
      return try core.damagedFile()
    } catch {
      throw RockOnError(error)
    }
  }
}

extension DoctorReport {
  /// The report as plain text, one line a check, the verdict first: for a mail to the developers.
  public var text: String {
    doctorText(report: self)
  }
}

extension Format {
  /// By a file's name; nothing if it is neither CSV nor ChordPro.
  public init?(fileName: String) {
    guard let format = songFormat(fileName: fileName) else { return nil }
    self = format
  }
}
