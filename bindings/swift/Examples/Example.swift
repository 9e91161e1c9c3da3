import RockOnCore

// README: begin
/// Signs in, adds a song, and prints the band's songs whenever they change.
func sing(_ config: RockOnConfig, _ secrets: any SecretStore, _ band: ScopeId) async throws {
  let core = try await RockOn.open(config, secrets: secrets)
  core.setForeground(true)
  try await core.signIn(email: "eric@rock-on.test", password: "rock-on-demo")
  let song = SongDraft {
    $0.title = "Hello"
    $0.key = "A"
    $0.tempo = 118
  }
  try await core.add(song, to: band)  // On the disk now, offline too.
  var songs: [Song] = []
  for await delivery in try core.songs(SongQuery(scope: band)) {
    if case .value(let changes) = delivery { songs.apply(changes) }
    print(songs.map(\.title))
  }
}
// README: end
