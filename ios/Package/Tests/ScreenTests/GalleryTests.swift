import Gallery
import SwiftUI
import Testing

/// Every state of every screen: drawn in each language and with large text, with nothing wrong, in the catalog's words alone.
@MainActor @Suite(.timeLimit(.minutes(5)))
struct GalleryTests {
  private func isSettled(_ host: Host) async throws {
    // Feeds of the fakes have told what they had when nothing is drawn any more.
    var before = -1
    while before != host.passes {
      before = host.passes
      for _ in 0..<50 { await Task.yield() }
      host.now()
    }
  }

  @Test(arguments: ["en", "de"], [DynamicTypeSize.large, .accessibility3])
  func everyStateIsDrawn(language: String, size: DynamicTypeSize) async throws {
    let texts = language == "de" ? Texts.german : Texts.english
    for shot in Gallery.shots {
      let host = screen(shot.view, texts.texts) { values in
        values.locale = Locale(identifier: language)
        values.dynamicTypeSize = size
      }
      try await isSettled(host)
      #expect(host.problems.isEmpty, "\(shot.name)")
      for (key, kinds) in host.keys {
        #expect(Texts.holes[key] == kinds, "\(shot.name): \(key)")
      }
      if language == "en", size == .large { try picture(of: host, shot.name) }
    }
  }

  /// A page for a person to look at, where they asked for it.
  private func picture(of host: Host, _ name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["ROCKON_PICTURES"], !folder.isEmpty else { return }
    let file = name.replacing(", ", with: "-").replacing(" ", with: "_").filter { $0.isLetter || "-_".contains($0) }
    try host.html().write(toFile: "\(folder)/\(file).html", atomically: true, encoding: .utf8)
  }

  @Test func eachStateHasANameOfItsOwn() {
    let names = Gallery.shots.map(\.name)
    #expect(Set(names).count == names.count)
  }

  /// Each file of a part of the app, by its name.
  private func sources(_ part: String = "Screens") throws -> [(name: String, code: String)] {
    let folder = URL(filePath: #filePath).appending(path: "../../../Sources/\(part)").standardizedFileURL
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    let files = (all ?? []).filter { $0.pathExtension == "swift" }
    try #require(files.count > 5)
    return try files.map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// Also where no state draws it.
  @Test func everyTextOfAViewIsInTheCatalog() throws {
    let names = #/(?:systemImage|systemName): "[^"]*"/#
    for (name, code) in try sources() {
      for match in code.replacing(names, with: "").matches(of: #/"([a-z]+\.[a-z_]+)"/#) {
        #expect(Texts.holes[String(match.1)] != nil, "\(name): \(match.1)")
      }
    }
  }

  @Test func noViewDecides() throws {
    let forbidden = /\.(sorted|filter|map|reduce|count|contains|prefix|suffix|joined|formatted)\b|String\(format/
    for (name, code) in try sources() {
      let found = code.replacing(/"[a-z]+\.[a-z_]+"/, with: "").matches(of: forbidden).map { String($0.0) }
      #expect(found.isEmpty, "\(name)")
    }
  }

  /// Swift draws, speaks and knows the platform: what grows beyond this belongs into the core. Lines but for empty
  /// ones, comments and imports.
  @Test func theAppIsThin() throws {
    let files = try ["Models", "Screens", "Platform"].flatMap { try sources($0) }
    let lines = files.flatMap { $0.code.split(separator: "\n") }.map { $0.trimmingCharacters(in: .whitespaces) }.filter
    { !$0.isEmpty && !$0.hasPrefix("//") && !$0.hasPrefix("import ") }
    #expect(3_000...6_000 ~= lines.count, "\(lines.count) lines")
  }
}
