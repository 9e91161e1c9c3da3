import Foundation
import Testing

/// The adapter against the generated code, by their sources: Swift has no list of a type's functions at run time.
@Suite struct Api {
  private let package = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized

  private func text(_ folder: String) throws -> String {
    let root = package.appendingPathComponent(folder)
    let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
    let ours = files.filter { !$0.hasPrefix("Generated") }.sorted()
    return try ours.map { try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8) }
      .joined(separator: "\n")
  }

  private func names(_ text: String, after word: String) -> Set<String> {
    let parts = text.components(separatedBy: word).dropFirst()
    return Set(parts.map { String($0.prefix { $0.isLetter || $0.isNumber }) })
  }

  /// Names of the functions of a generated protocol.
  private func functions(of name: String, _ generated: String) throws -> Set<String> {
    let start = try #require(generated.range(of: "\nprotocol \(name)"))
    let end = try #require(generated.range(of: "\n}", range: start.upperBound..<generated.endIndex))
    return names(String(generated[start.upperBound..<end.lowerBound]), after: "func ")
  }

  @Test func everyCallOfTheCoreHasItsAdapter() throws {
    let generated = try text("Sources/RockOn/Generated")
    let adapter = try text("Sources/RockOn")
    let exported = try functions(of: "ClientProtocol", generated)
    #expect(exported.count > 40)
    #expect(exported.filter { !adapter.contains("core.\($0)(") }.isEmpty)
    let feeds = try functions(of: "SubscriptionProtocol", generated)
    #expect(feeds.filter { !adapter.contains("subscription.\($0)(") } == [])
    // Those at the top of the file: at the beginning of a line, without the generator's own.
    let own = ["FfiConverter", "uniffi"]
    let free = names(generated, after: "\nfunc ").filter { name in !own.contains { name.hasPrefix($0) } }
    #expect(free.count >= 7)
    #expect(free.filter { !adapter.contains(" \($0)(") && !adapter.contains(".\($0)(") } == [])
  }

  @Test func everyStoreOfThePlatformHasItsAdapter() throws {
    let adapter = try text("Sources/RockOn")
    let protocols = names(try text("Sources/RockOn/Generated"), after: "\nprotocol ")
    let foreign = protocols.filter { $0.hasPrefix("Platform") }
    #expect(foreign == ["PlatformLog", "PlatformSecrets"])
    #expect(foreign.filter { !adapter.contains(": \($0) ") } == [])
  }

  @Test func callsAndHandlesOfTheCoreAreNotTheAppsBusiness() throws {
    let folder = package.appendingPathComponent("Sources/RockOn/Generated")
    let calls = try String(contentsOf: folder.appendingPathComponent("RockOnCalls.swift"), encoding: .utf8)
    #expect(calls.contains("class Subscription"))
    #expect(calls.split(separator: "\n").filter { $0.trimmingPrefix { $0 == " " }.hasPrefix("public ") } == [])
  }

  /// With the test above it says: every function that the core exports is called by a test.
  @Test func everythingThatTheAdapterOffersIsUsedByATest() throws {
    let adapter = try text("Sources/RockOn")
    let offered = names(adapter, after: "public func ").union(names(adapter, after: "public static func "))
    let values = names(adapter, after: "public var ").union(names(adapter, after: "public static var "))
    let tests = try text("Tests")
    // A loop calls the one without its name, and `<` has none.
    let unused = offered.subtracting(["makeAsyncIterator", ""]).filter { !tests.contains(".\($0)(") }
    #expect(unused == [])
    // Printing calls these.
    let printed: Set = ["description", "debugDescription", "customMirror"]
    #expect(values.subtracting(printed).filter { !tests.contains(".\($0)") } == [])
    #expect(tests.contains("Format(fileName:"))
  }
}
