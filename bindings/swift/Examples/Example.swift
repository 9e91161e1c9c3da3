import RockOn

// README: begin
/// Signs in, adds a song, and prints the band's songs whenever they change.
func sing(_ config: RockOnConfig, _ secrets: any SecretStore, _ band: ScopeId) async throws {
  let client = try await RockOnClient.open(config, secrets: secrets)
  client.setForeground(true)
  try await client.signIn(email: "eric@rock-on.test", password: "rock-on-demo")
  _ = try await client.add(.song, to: band, ["title": "Hello", "key": "A", "tempo": 118])
  var songs: [Song] = []
  for await delivery in try client.songs(
    SongQuery(scope: band, order: .title, limit: 50))
  {
    if case .value(let changes) = delivery { songs.apply(changes) }
    print(songs.map(\.title))
  }
}
// README: end
