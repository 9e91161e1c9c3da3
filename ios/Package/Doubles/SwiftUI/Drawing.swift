// Draws a tree of views as a tree of nodes, keeps what the views keep, and runs what they do. For tests only.
import Dispatch

/// One thing on the screen.
public final class Node {
  public var kind: String
  var own: String
  public var detail: String
  public var value: String
  public var children: [Node]
  var style: [String: String]
  /// What VoiceOver says instead of the texts inside.
  var spoken: String?
  var silent = false
  public var identifier: String?
  public var enabled = true
  public var badge = ""
  public var focused = false
  var placement = "", shortcut = ""
  var tag: AnyHashable?
  var place: Int?
  var act: (() -> Void)?
  var write: ((String) -> Void)?
  var submit: (() -> Void)?
  var focus: (() -> Void)?
  var refresh: (@Sendable () async -> Void)?
  var remove: (() -> Void)?
  var move: ((Int) -> Void)?
  var hold: (() -> Void)?
  var isHeld = false
  var key: ((KeyPress) -> Bool)?
  var drag: ((DragGesture.Value) -> Void)?
  var swipe: [Node] = []
  var context: [Node] = []
  init(
    _ kind: String, _ own: String = "", detail: String = "", value: String = "", style: [String: String] = [:], children: [Node] = [], act: (() -> Void)? = nil
  ) {
    (self.kind, self.own, self.detail, self.value, self.style, self.children, self.act) = (kind, own, detail, value, style, children, act)
  }
  func all(_ body: (Node) -> Void) { body(self); children.forEach { $0.all(body) } }
  func find(_ match: (Node) -> Bool) -> [Node] { (match(self) ? [self] : []) + (children + swipe + context).flatMap { $0.find(match) } }
  /// What a person reads here, or hears.
  public var label: String { spoken ?? ([own] + children.filter { !$0.silent }.map(\.label)).filter { !$0.isEmpty }.joined(separator: " ") }
  /// The tree as text, for reading and for comparing.
  public func outline(_ depth: Int = 0) -> String {
    var line = String(repeating: "  ", count: depth) + kind
    let text = spoken ?? own
    if !text.isEmpty { line += " “\(text)”" }
    if !value.isEmpty { line += " = \(value)" }
    if !badge.isEmpty { line += " (\(badge))" }
    if !enabled, act != nil || write != nil { line += " off" }
    if focused { line += " focused" }
    if !swipe.isEmpty { line += " swipe[" + swipe.map(\.label).joined(separator: ", ") + "]" }
    if !context.isEmpty { line += " actions[" + context.map(\.label).joined(separator: ", ") + "]" }
    let below = spoken != nil || (kind == "button" && !children.isEmpty && children.allSatisfy { $0.kind == "text" || $0.kind == "label" }) ? [] : children
    if below.isEmpty && text.isEmpty && !label.isEmpty { line += " “\(label)”" }
    return ([line] + below.map { $0.outline(depth + 1) }).joined(separator: "\n")
  }
}

/// A page of a navigation: what its views said of its bar.
final class Page { var title = ""; var items: [Node] = []; var search: Node?; var editMode: Binding<EditMode>? }
/// A navigation stack while it is drawn.
@MainActor final class Frame {
  var destinations: [ObjectIdentifier: @MainActor (AnyHashable) -> (any View)?] = [:]
  var presented: [(String, @MainActor () -> any View, () -> Void)] = []
  let path: Binding<[AnyHashable]>
  init(_ path: Binding<[AnyHashable]>) { self.path = path }
  func push(_ value: AnyHashable) { path.wrappedValue.append(value) }
}
struct Pushed: Hashable {
  let key: String
  let view: () -> any View
  static func == (a: Pushed, b: Pushed) -> Bool { a.key == b.key }
  func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// One pass over the tree.
@MainActor final class Drawing {
  let host: Host
  var key = ""
  var environment: EnvironmentValues
  var page: Page?
  var frame: Frame?
  var submit: (() -> Void)?
  var close: (() -> Void)?
  var covered = false
  init(_ host: Host) { (self.host, environment) = (host, host.environment) }

  func at<T>(_ name: String, _ body: () -> T) -> T {
    let before = key
    key += "/" + name
    defer { key = before }
    return body()
  }
  func open(_ view: any View) -> [Node] { draw(view) }
  func draw<V: View>(_ view: V) -> [Node] {
    if let primitive = view as? any Primitive { return at("\(V.self)".prefix { $0 != "<" }.description) { primitive.draw(self) } }
    return at("\(V.self)") {
      link(view)
      return draw(host.redrawn?.body(of: view, key) ?? view.body)
    }
  }
  func link(_ value: Any) {
    for child in Mirror(reflecting: value).children {
      if let linked = child.value as? any Linked {
        linked.link(self, key + "." + (child.label ?? ""))
      } else if child.value is any DynamicProperty {
        at(child.label ?? "") { link(child.value) }
      }
    }
  }
  func place<V>(_ key: String, _ first: () -> V) -> Place<V> { host.place(key, first) }

  // What happens with time. A covered view keeps its state, but is not in sight.
  func appears(_ action: (() -> Void)?, _ gone: (() -> Void)?) { if !covered { host.appear(key, action, gone) } }
  func task(_ same: ((Any?) -> Bool)?, _ action: @escaping @Sendable () async -> Void, _ id: Any? = nil) { if !covered { host.task(key, same, action, id) } }
  func change<V: Equatable>(_ value: V, _ initial: Bool, _ action: @escaping (V, V) -> Void) {
    let place = host.box(key, value)
    let (old, fresh) = (place.value, place.fresh)
    (place.value, place.fresh) = (value, false)
    if fresh ? initial : old != value { host.later.append { action(old, value) } }
  }

  func present(_ kind: String, _ id: String, _ close: @escaping () -> Void, _ body: () -> [Node]) {
    let (page, frame, environment) = (self.page, self.frame, self.environment)
    defer { (self.page, self.frame, self.environment) = (page, frame, environment) }
    (self.page, self.frame) = (Page(), nil)
    self.environment.dismiss = DismissAction { close() }
    self.environment.drawing["isPresented"] = true
    let node = Node(kind)
    node.act = close
    // Before what it presents itself.
    host.presented.append(node)
    node.children = at("presented:\(id)", body)
  }
  func navigation(root: any View, path bound: Binding<[AnyHashable]>?) -> [Node] {
    let outer = (page, frame, environment)
    defer { (page, frame, environment) = outer }
    let own = place(key + ".path") { [AnyHashable]() }
    let frame = Frame(bound ?? Binding(read: { own.value }, write: { own.set($0) }))
    self.frame = frame
    let path = frame.path.wrappedValue
    var shown = turn("root", covers: !path.isEmpty, nil, root)
    for (n, value) in path.enumerated() {
      let view = (value.base as? Pushed)?.view() ?? frame.destinations[ObjectIdentifier(type(of: value.base))]?(value)
      guard let view else { host.problem("no navigationDestination for \(type(of: value.base))"); continue }
      shown = turn("\(n):\(value)", covers: n + 1 < path.count, { frame.path.wrappedValue.removeLast(frame.path.wrappedValue.count - n) }, view)
    }
    for (key, view, back) in frame.presented { shown = turn(key, covers: false, back, view()) }
    return [shown]
  }
  private func turn(_ name: String, covers: Bool, _ back: (() -> Void)?, _ view: any View) -> Node {
    let (outer, page) = (environment, Page())
    let mode = place(key + "/" + name + ".edit") { EditMode.inactive }
    let was = covered
    defer { environment = outer; covered = was }
    page.editMode = Binding(read: { mode.value }, write: { mode.set($0) })
    environment.editMode = page.editMode
    self.page = page
    covered = covered || covers
    if let back { environment.dismiss = DismissAction { back() } }
    let content = at(name) { open(view) }
    let bar = Node("bar", page.title, children: (back.map { [Node("button", "Back", act: $0)] } ?? []) + page.items)
    let style = environment.layoutDirection == .rightToLeft ? ["direction": "rtl"] : [:]
    return Node("page", page.title, style: style, children: [bar] + (page.search.map { [$0] } ?? []) + content)
  }
  func tabs(_ tabs: [_Tab], _ bound: Binding<AnyHashable>?) -> [Node] {
    let own = place(key + ".tab") { AnyHashable(0) }
    let selection = bound ?? Binding(read: { own.value }, write: { own.set($0) })
    let visited = place(key + ".visited") { Set<AnyHashable>() }
    var shown: [Node] = []
    let bar = tabs.enumerated().map { n, tab -> Node in
      let value = tab.value ?? AnyHashable(n), chosen = value == selection.wrappedValue
      if chosen { visited.value.insert(value) }
      if visited.value.contains(value) {
        let was = covered
        covered = covered || !chosen
        let nodes = at("tab\(n)") { open(tab.content) }
        covered = was
        if chosen { shown = nodes }
      }
      let node = Node("tab", value: chosen ? "chosen" : "", children: at("label\(n)") { open(tab.label) }, act: { selection.wrappedValue = value })
      node.badge = tab.badge
      return node
    }
    if shown.isEmpty { host.problem("no tab for \(selection.wrappedValue)") }
    return [Node("tabs", children: shown + [Node("tabbar", children: bar)])]
  }
}

final class Flag: @unchecked Sendable {
  private let lock = NSLock()
  private var up = true
  func raise() { lock.withLock { up = true } }
  func take() -> Bool {
    lock.withLock {
      defer { up = false }; return up
    }
  }
}
final class Box<V> { var value: V; var fresh = true; init(_ value: V) { self.value = value } }
final class Running { var id: Any?; var task: Task<Void, Never>; init(_ id: Any?, _ task: Task<Void, Never>) { (self.id, self.task) = (id, task) } }

/// A screen that a test looks at and touches.
@MainActor public final class Host {
  let root: any View
  public var environment = EnvironmentValues()
  /// The words of another language, by key.
  public var catalog: [String: Sentence]
  /// Keys that were drawn, with the kinds of their values: for comparing with the catalog.
  public private(set) var keys: [String: [String]] = [:]
  /// What SwiftUI would warn of while it runs.
  public private(set) var problems: [String] = []
  public private(set) var passes = 0
  private var places: [String: AnyObject] = [:], running: [String: Running] = [:], gone: [String: () -> Void] = [:], shown: Set<String> = []
  private var touched: Set<String> = [], visible: Set<String> = []
  private let dirty = Flag()
  private var isDrawing = false
  var later: [() -> Void] = []
  /// What the system does with files that are chosen.
  var picker: (([URL]) -> Void)?
  var openers: [(URL) -> Void] = []
  var presented: [Node] = []
  private var nodes: [Node] = []
  var redrawn: Redrawn?

  public init<V: View>(_ root: V, catalog: [String: Sentence] = [:], _ prepare: (inout EnvironmentValues) -> Void = { _ in }) {
    (self.root, self.catalog) = (root, catalog)
    prepare(&environment)
    now()
  }
  deinit { for one in running.values { one.task.cancel() } }

  func problem(_ text: String) { if !problems.contains(text) { problems.append(text) } }
  func read(_ text: Text) -> String {
    guard let key = text.key else { return text.plain }
    keys[key.key] = key.kinds
    return key.resolved(catalog)
  }
  func place<V>(_ key: String, _ first: () -> V) -> Place<V> {
    touched.insert(key)
    if let place = places[key] as? Place<V> { return place }
    let place = Place(first()) { [weak self] in
      if self?.isDrawing == true { self?.problem("state was changed while a view was drawn: \(key)") }
      self?.redrawn?.states.insert(key)
      self?.dirty.raise()
    }
    places[key] = place
    return place
  }
  func box<V>(_ key: String, _ first: V) -> Box<V> {
    touched.insert(key + ".box")
    if let box = places[key + ".box"] as? Box<V> { return box }
    let box = Box(first)
    places[key + ".box"] = box
    return box
  }
  func appear(_ key: String, _ action: (() -> Void)?, _ gone: (() -> Void)?) {
    visible.insert(key)
    if !shown.contains(key), let action { later.append(action) }
    self.gone[key] = gone
  }
  func task(_ key: String, _ same: ((Any?) -> Bool)?, _ action: @escaping @Sendable () async -> Void, _ id: Any?) {
    visible.insert(key)
    if let old = running[key] {
      if same?(old.id) ?? true { return }
      old.task.cancel()
    }
    running[key] = Running(id, Task { @MainActor in await action() })
  }

  /// Draws until nothing changes any more.
  public func now() {
    for _ in 0..<50 {
      guard dirty.take() else { return }
      (touched, visible, presented, openers) = ([], [], [], [])
      passes += 1
      isDrawing = true
      withObservationTracking {
        draw()
      } onChange: { [dirty] in
        dirty.raise()
      }
      isDrawing = false
      places = places.filter { touched.contains($0.key) || $0.key.hasPrefix("defaults/") || $0.key.hasPrefix("scene/") }
      for (key, one) in running where !visible.contains(key) { one.task.cancel(); running[key] = nil }
      for key in shown where !visible.contains(key) { gone.removeValue(forKey: key)?() }
      shown = visible
      let todo = later
      later = []
      todo.forEach { $0() }
    }
    problem("the screen does not come to rest")
  }
  private func draw() {
    if let redrawn { redrawn.pass { nodes = Drawing(self).draw(AnyView(root)) } } else { nodes = Drawing(self).draw(AnyView(root)) }
  }
  /// What is in sight: the topmost sheet, alert or dialog, else the screen.
  var top: [Node] { now(); return presented.last.map { [$0] } ?? nodes }
  /// Everything that is drawn.
  var whole: [Node] { now(); return nodes + presented }
}

// MARK: for tests

public struct ScreenError: Error, CustomStringConvertible { public let description: String }
extension Host {
  public var outline: String { whole.map { $0.outline() }.joined(separator: "\n") }
  public var texts: String { top.map(\.label).joined(separator: " ") }
  /// What lies over the screen: to close it is no tap on it.
  static let layers: Set<String> = ["sheet", "cover", "popover", "alert", "dialog"]
  public func find(_ kinds: [String], _ label: String) throws -> Node {
    let all = top.flatMap { $0.find { kinds.contains($0.kind) || ($0.act != nil && kinds.contains("button") && !Host.layers.contains($0.kind)) } }
    let fit = all.filter { $0.label == label || $0.identifier == label }
    if let one = fit.first, fit.count == 1 { return one }
    throw ScreenError(description: "\(fit.count) of \(kinds[0]) “\(label)”; there are: \(all.map(\.label))")
  }
  private func usable(_ node: Node) throws -> Node {
    if !node.enabled { throw ScreenError(description: "\(node.kind) “\(node.label)” is disabled") }; return node
  }
  public func tap(_ label: String) throws { try usable(find(["button", "toggle", "tab", "option"], label)).act?(); now() }
  public func type(_ text: String, in label: String) throws {
    let node = try usable(find(["field", "secret", "editor", "search", "date"], label))
    node.focus?()
    node.write?(text)
    now()
  }
  public func submit(_ label: String) throws { try usable(find(["field", "secret"], label)).submit?(); now() }
  public func value(_ label: String) throws -> String { try find(["field", "secret", "editor", "search", "toggle", "date", "option"], label).value }
  public func isEnabled(_ label: String) throws -> Bool { try find(["button"], label).enabled }
  public func has(_ text: String) -> Bool { texts.contains(text) }
  public func delete(_ label: String) throws {
    guard let act = try row(label).remove else { throw ScreenError(description: "“\(label)” cannot be deleted") }; act(); now()
  }
  public func move(_ label: String, to place: Int) throws {
    guard let act = try row(label).move else { throw ScreenError(description: "“\(label)” cannot be moved") }; act(place); now()
  }
  public func refresh() async throws {
    guard let act = top.lazy.flatMap({ $0.find { $0.refresh != nil } }).first?.refresh else { throw ScreenError(description: "nothing to pull down") };
    await act(); now()
  }
  /// Swipes a sheet down, which does not go where that is disabled.
  public func swipeDown() { if let sheet = presented.last, !sheet.isHeld { sheet.act?() }; now() }
  public func open(_ url: URL) { openers.forEach { $0(url) }; now() }
  public func phase(_ phase: ScenePhase) { environment.scenePhase = phase; dirtyAgain(); now() }
  func dirtyAgain() { place("host") { 0 }.set(0) }
  private func row(_ label: String) throws -> Node {
    let rows = top.flatMap { $0.find { $0.place != nil && $0.label.hasPrefix(label) } }
    guard rows.count == 1 else { throw ScreenError(description: "\(rows.count) rows “\(label)”") }
    return rows[0]
  }
  /// Waits until something is so; fails with what is on the screen.
  public func wait(_ what: String, _ limit: Duration = .seconds(15), until done: () -> Bool) async throws {
    let end = ContinuousClock.now + limit
    while true {
      now()
      if done() { return }
      if ContinuousClock.now > end { throw ScreenError(description: "waited in vain for \(what):\n\(outline)") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }
  public func wait(for text: String) async throws { try await wait(text) { has(text) } }
}
