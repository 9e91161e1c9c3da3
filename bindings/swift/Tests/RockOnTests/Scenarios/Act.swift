import Foundation
import RockOnCore

/// What a member does.
extension ScenarioRun {
  func act(_ verb: String, _ name: String, _ client: RockOn, _ step: Step) async throws {
    switch verb {
    case "kill": try await phone(name).kill()
    case "open": break
    case "network": try await phone(name).setNetwork(step["on"]?.on == true)
    case "foreground": try await phone(name).setForeground(step["on"]?.on == true)
    case "sign_in":
      let member = step["member"]?.word ?? String(name.prefix { $0 != "/" })
      let password = step["password"]?.word ?? world.password
      try await client.signIn(email: "\(member)@rock-on.test", password: Secret(password))
    case "sign_up":
      _ = try await client.signUp(
        email: step["email"]?.word ?? "", password: Secret(step["password"]?.word ?? ""),
        name: step["name"]?.word ?? "")
    case "set_name": try await client.setName(step["name"]?.word ?? "")
    case "delete_account": try await client.deleteAccount()
    case "sign_out": try await client.signOut(everywhere: step["everywhere"]?.on == true)
    case "wait_for_first_sync": try await client.waitForFirstSync()
    case "sync":
      let once = try await client.syncOnce(budget: .seconds(20))
      if once.complete != (step["complete"]?.on ?? true) { throw NotReached(description: "\(once)") }
    default: try await credentials(verb, client, step)
    }
  }

  private func credentials(_ verb: String, _ client: RockOn, _ step: Step) async throws {
    let email = step["email"]?.word ?? ""
    switch verb {
    case "request_sign_in_code":
      try await client.requestSignInCode(email: email, createAccount: step["create_account"]?.on ?? true)
    case "sign_in_with_code": try await client.signInWithCode(email: email, code: coded(email, step))
    case "request_password_reset": try await client.requestPasswordReset(email: email)
    case "sign_in_with_reset_code": try await client.signInWithResetCode(email: email, code: coded(email, step))
    case "sign_in_with_identity_token":
      let asked = step.filter { ["provider", "email", "flaw"].contains($0.key) }
      let made = try await world.identityToken(asked)
      let provider: IdProvider = step["provider"]?.word == "apple" ? .apple : .google
      try await client.signInWithIdToken(provider: provider, token: made.token, nonce: made.nonce)
    case "set_password": try await client.setPassword(Secret(step["password"]?.word ?? ""))
    case "set_email":
      let change = try await client.setEmail(email)
      if change != .confirmEmail { throw NotReached(description: "\(change)") }
    case "access_token": _ = try await client.accessToken()
    default: try await edit(verb, client, step)
    }
  }

  /// The code that a step hands in.
  private func coded(_ email: String, _ step: Step) async throws -> Secret {
    if let code = step["code"]?.word { return Secret(code) }
    return try await world.code(email)
  }

  private func edit(_ verb: String, _ client: RockOn, _ step: Step) async throws {
    switch verb {
    case "add":
      let kind = try kind(step)
      var scope = try band(step["band"]?.word)
      if step["mine"]?.on == true { scope = try await own(client) }
      let id = try await client.add(kind, to: scope, step["values"]?.fields ?? [:])
      self.name(step["as"]?.word, id, kind)
    case "change":
      let kind = try kind(step)
      try await client.change(kind, row(step["row"]?.word, kind, client), step["values"]?.fields ?? [:])
    case "restore":
      let kind = try kind(step)
      try await client.restore(kind, row(step["row"]?.word, kind, client), in: world.band)
    case "delete":
      let kind = try kind(step)
      try await client.delete(kind, row(step["row"]?.word, kind, client))
    case "add_to_setlist", "add_break", "add_section", "move_item", "remove_item", "put_item_back", "set_break",
      "set_section", "set_item_notes":
      try await items(verb, client, step)
    case "order": try await order(client, step)
    case "put_items": try await putItems(client, step)
    case "import": try await read(client, step)
    case "read":
      let kind = try kind(step)
      try await client.markRead(kind, row(step["row"]?.word, kind, client))
    case "read_kind": try await client.markKindRead(kind(step), in: world.band)
    case "read_all": try await client.markAllRead()
    case "see_notices": try await client.seeAllNotices()
    case "take_untold":
      let told = try await client.takeUntold(limit: 100).map(\.text)
      if told != step["texts"]?.words { throw NotReached(description: "\(told)") }
    case "set_language": client.setLanguage(Language(tag: step["tag"]?.word ?? ""))
    case "gig_mode": try await client.setGigMode(step["on"]?.on == true)
    case "start_gig", "turn_page", "take_gig_update", "end_gig": try await stage(verb, client, step)
    default: try await choose(verb, client, step)
    }
  }

  private func choose(_ verb: String, _ client: RockOn, _ step: Step) async throws {
    switch verb {
    case "resolve":
      let id = try await row(step["row"]?.word, kind(step), client)
      let field = step["field"]?.word
      let conflict = try await until(list: patience, { try client.conflicts(limit: all) }) { found in
        found.first { $0.what.row == id && (field ?? $0.what.field) == $0.what.field }?.id
      }
      let choice: Choice =
        switch step["choose"] {
        case .text("mine")?: .mine
        case .text("theirs")?: .theirs
        case .object(let fields)?: .other(fields["value"] ?? .null)
        default: throw Broken("choose what?")
        }
      try await client.resolve(conflict, choice)
    case "retry": try await client.retry(rejected(client, step))
    case "discard": try await client.discard(rejected(client, step))
    default: try await inBand(verb, client, step)
    }
  }

  private func inBand(_ verb: String, _ client: RockOn, _ step: Step) async throws {
    let member = step["member"]?.word ?? ""
    switch verb {
    case "create_band": called(step["as"]?.word, band: try await client.createBand(step["name"]?.word ?? ""))
    case "invite":
      let scope = try band(step["band"]?.word)
      if let name = step["member"]?.word {
        called(step["as"]?.word, code: try await client.createInviteFor(self.member(name, client), to: scope))
      } else {
        called(step["as"]?.word, code: try await client.createInvite(to: scope, uses: 5))
      }
    case "join": _ = try await client.redeemInvite(code(step["code"]?.word ?? ""))
    case "set_role":
      let roles: [String: Role] = ["admin": .admin, "member": .member, "viewer": .viewer]
      guard let role = roles[step["role"]?.word ?? ""] else { throw Broken("which role?") }
      try await client.setMemberRole(role, of: self.member(member, client), in: world.band)
    case "remove": try await client.removeMember(self.member(member, client), from: world.band)
    case "leave": try await client.leaveBand(band(step["band"]?.word))
    case "share_seen": try await client.setShareSeen(step["on"]?.on == true, in: world.band)
    default: throw Broken("nobody does \(verb)")
    }
  }

  private func own(_ client: RockOn) async throws -> ScopeId {
    guard case .signedIn(let account)? = try await client.statusNow()?.session else {
      throw RockOnError.SignedOut
    }
    return ScopeId(of: account.user)
  }

  private func rejected(_ client: RockOn, _ step: Step) async throws -> EditId {
    let id = try await row(step["row"]?.word, kind(step), client)
    return try await until(list: patience, { try client.rejectedEdits(limit: all) }) { rejected in
      rejected.first { $0.row == id }?.id
    }
  }

  private func items(_ client: RockOn, _ id: RowId) async throws -> [Json] {
    try await until(patience, { try client.setlist(id) }) { $0?.items.map(\.raw) }
  }

  /// The named songs first, the others as they were.
  private func order(_ client: RockOn, _ step: Step) async throws {
    let id = try await row(step["row"]?.word, .setlist, client)
    var rest = try await items(client, id)
    var items: [Json] = []
    for title in step["songs"]?.words ?? [] {
      let song = Json.text(text: try await row(title, .song, client).text)
      guard let at = rest.firstIndex(where: { $0.fields?["songId"] == song }) else {
        throw Broken("\(title) is not in the setlist")
      }
      items.append(rest.remove(at: at))
    }
    try await put(items + rest, client, id)
  }

  private func putItems(_ client: RockOn, _ step: Step) async throws {
    let id = try await row(step["row"]?.word, .setlist, client)
    var items = try await items(client, id)
    for title in step["songs"]?.words ?? [] {
      let song = try await row(title, .song, client).text
      items.append(["id": .text(text: UUID().uuidString.lowercased()), "type": "song", "songId": .text(text: song)])
    }
    try await put(items, client, id)
  }

  private func put(_ items: [Json], _ client: RockOn, _ id: RowId) async throws {
    let placed = items.enumerated().map { at, item in
      var fields = item.fields ?? [:]
      fields["position"] = .whole(number: Int(at + 1))
      return Json.object(fields: fields)
    }
    try await client.change(.setlist, id, ["items": .array(items: placed)])
  }

  private func read(_ client: RockOn, _ step: Step) async throws {
    let file = SourceFile(name: step["name"]?.word ?? "", bytes: Data((step["file"]?.word ?? "").utf8))
    let plan = try await client.planImport(of: [file], to: world.band)
    let twins = plan.songs.filter { $0.twin != nil }.count
    let found = [Int(plan.badLines), Int(plan.warningCount), Int(twins)]
    let wanted = ["bad", "warnings", "twins"].map { step[$0]?.number ?? 0 }
    if found != wanted { throw NotReached(description: "\(found) \(plan.warnings)") }
    let choice: SongChoice =
      switch step["choose"]?.word {
      case "update"?: .update
      case "add"?: .add
      default: .skip
      }
    try await client.runImport(plan, to: world.band, ImportChoices(twins: choice, songs: []))
  }

  func format(_ step: Step) throws -> Format {
    switch step["format"]?.word {
    case "csv"?: .csv
    case "chord_pro"?: .chordPro
    default: throw Broken("which format?")
    }
  }
}
