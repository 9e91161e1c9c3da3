import Foundation
import Testing

/// The adapter against the generated code, by their sources: Swift has no list of a type's functions at run time.
@Suite struct Api {
  private let package = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized

  private func text(_ folder: String) throws -> String {
    let root = package.appendingPathComponent(folder)
    let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
    return try files.sorted().map { try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8) }
      .joined(separator: "\n")
  }

  private func names(_ text: String, after word: String) -> Set<String> {
    let parts = text.components(separatedBy: word).dropFirst()
    return Set(parts.map { String($0.prefix { $0.isLetter || $0.isNumber }) })
  }

  @Test func everyCallOfTheCoreHasItsAdapter() throws {
    let generated = try text("Sources/RockOnFFI")
    let start = try #require(generated.range(of: "public protocol ClientProtocol"))
    let end = try #require(generated.range(of: "\n}", range: start.upperBound..<generated.endIndex))
    let exported = names(String(generated[start.upperBound..<end.lowerBound]), after: "func ")
    #expect(exported.count > 40)
    let adapter = try text("Sources/RockOn")
    let missing = exported.filter { !adapter.contains("core.\($0)(") }
    #expect(missing.isEmpty)
  }

  @Test func everyFunctionOfTheAdapterIsUsedByATest() throws {
    let adapter = try text("Sources/RockOn")
    let offered = names(adapter, after: "public func ")
    let tests = try text("Tests")
    // A loop calls it without its name.
    let unused = offered.subtracting(["makeAsyncIterator"]).filter { !tests.contains(".\($0)(") }
    #expect(unused.isEmpty)
  }
}
