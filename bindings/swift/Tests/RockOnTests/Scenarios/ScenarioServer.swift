import Foundation
import RockOnCore

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// JSON of a scenario, with the order of nothing but arrays.
typealias Step = [String: Json]

/// The scenario server that the tests' environment names: worlds for scenarios. See `tests/scenarios/README.md`.
enum ScenarioServer {
  /// Its address, such as `http://127.0.0.1:4321`; nothing when none runs.
  static var address: String? {
    let address = ProcessInfo.processInfo.environment["ROCKON_SCENARIO_SERVER"]
    return address?.isEmpty == false ? address : nil
  }

  /// Sends a request and gives the answer's JSON; an empty answer gives nil.
  static func send(_ method: String, _ path: String, _ body: Json? = nil) async throws -> Json? {
    guard let address, let url = URL(string: address + path) else { throw Broken("no scenario server") }
    var request = URLRequest(url: url, timeoutInterval: 60)
    request.httpMethod = method
    if let body {
      request.httpBody = try JSONSerialization.data(
        withJSONObject: body.plain, options: .fragmentsAllowed)
      request.setValue("application/json", forHTTPHeaderField: "content-type")
    }
    let (data, response) = try await URLSession.shared.data(for: request)
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    guard (200..<300).contains(status) else {
      throw Broken("the scenario server answers \(status): \(String(decoding: data, as: UTF8.self))")
    }
    return data.isEmpty ? nil : try Json(parsing: data)
  }
}

/// Something that a test needs does not work, or a script is wrong.
struct Broken: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// One scenario's server.
struct World {
  let id: Int
  let url: String
  let key: String
  let password: String
  let band: ScopeId

  static func open() async throws -> World {
    guard case .object(let told)? = try await ScenarioServer.send("POST", "/worlds"),
      case .whole(let id)? = told["id"], let url = told["url"]?.word, let key = told["anon_key"]?.word,
      let password = told["password"]?.word, let band = told["band"]?.word
    else { throw Broken("the scenario server gives no world") }
    return World(id: id, url: url, key: key, password: password, band: ScopeId(band))
  }

  func play(_ step: Step) async throws {
    _ = try await ScenarioServer.send("POST", "/worlds/\(id)/steps", .object(fields: step))
  }

  /// The newest code that was sent to an address.
  func code(_ email: String) async throws -> Secret {
    guard let code = try await ScenarioServer.send("GET", "/worlds/\(id)/codes/\(email)")?.fields?["code"]?.word else {
      throw Broken("the scenario server tells no code")
    }
    return Secret(code)
  }

  /// An identity token for a step, and the nonce that was made up for it.
  func identityToken(_ step: Step) async throws -> (token: Secret, nonce: Secret) {
    let made = try await ScenarioServer.send("POST", "/worlds/\(id)/identity_tokens", .object(fields: step))?.fields
    guard let token = made?["token"]?.word, let nonce = made?["nonce"]?.word else {
      throw Broken("the scenario server makes no token")
    }
    return (Secret(token), Secret(nonce))
  }

  func close() async {
    // The scenario server goes with the run anyway.
    _ = try? await ScenarioServer.send("DELETE", "/worlds/\(id)")
  }
}

extension Json {
  /// From a file's or an answer's bytes.
  init(parsing data: Data) throws {
    self.init(any: try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
  }

  private init(any value: Any) {
    switch value {
    case let text as String: self = .text(text: text)
    case let items as [Any]: self = .array(items: items.map(Json.init(any:)))
    case let fields as [String: Any]: self = .object(fields: fields.mapValues(Json.init(any:)))
    case let number as NSNumber where isBoolean(number): self = .flag(on: number.boolValue)
    case let number as NSNumber:
      let whole = number.intValue
      self = Double(whole) == number.doubleValue ? .whole(number: whole) : .real(number: number.doubleValue)
    default: self = .null
    }
  }

  /// For `JSONSerialization`.
  var plain: Any {
    switch self {
    case .null: NSNull()
    case .flag(let on): on
    case .whole(let number): number
    case .real(let number): number
    case .text(let text): text
    case .array(let items): items.map(\.plain)
    case .object(let fields): fields.mapValues(\.plain)
    }
  }

  var word: String? { if case .text(let text) = self { text } else { nil } }
  var number: Int? { if case .whole(let number) = self { number } else { nil } }
  var on: Bool? { if case .flag(let on) = self { on } else { nil } }
  var words: [String]? { if case .array(let items) = self { items.compactMap(\.word) } else { nil } }
  var fields: [String: Json]? { if case .object(let fields) = self { fields } else { nil } }
}

/// Foundation gives true and false as numbers of a type of their own.
private func isBoolean(_ number: NSNumber) -> Bool {
  String(cString: number.objCType) == "c"
}
