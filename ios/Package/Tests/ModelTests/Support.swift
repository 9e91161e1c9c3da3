import Fakes
import Models
import RockOnCore
import Testing

/// Waits until something is so; what is awaited is said when it never is.
@MainActor func until(_ what: String, _ done: () -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(15)
  while !done() {
    try #require(ContinuousClock.now < end, "waited in vain: \(what)")
    await Task.yield()
  }
}

/// A shell over a fake core in which The Loops are the only band; its bars stay until they are told to go.
@MainActor struct Phone {
  let core = FakeCore()
  let kept: FakeKept
  let shell: Shell
  let following: Task<Void, Never>

  init(mayEdit: Bool = true, kept: FakeKept = FakeKept()) async throws {
    self.kept = kept
    let shell = Shell(core, kept: kept, bars: Bars(wait: { await forever() }))
    self.shell = shell
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band(mayEdit: mayEdit)])])
    following = Task { await shell.follow() }
    try await until("the band") { shell.bands.all.count == 2 }
  }
}

/// Until the task is cancelled.
func forever() async {
  let (stream, inlet) = AsyncStream.makeStream(of: Void.self)
  await withTaskCancellationHandler {
    for await _ in stream {}
  } onCancel: {
    inlet.finish()
  }
}
