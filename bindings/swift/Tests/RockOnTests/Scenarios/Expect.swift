import RockOnCore

/// What must come to be.
extension ScenarioRun {
  func expect(_ what: String, _ client: RockOn, _ step: Step) async throws {
    switch what {
    case "song": try await song(client, step)
    case "songs": try await songs(client, step)
    case "setlist": try await setlist(client, step)
    case "gig": try await gig(client, step)
    case "row", "before", "export": try await read(what, client, step)
    case "history", "last_change", "since_seen": try await changed(what, client, step)
    case "notice", "unseen", "unread": try await told(what, client, step)
    case "conflict", "rejected": try await waiting(what, client, step)
    case "status": try await status(client, step)
    case "bands":
      let names = Set(step["names"]?.words ?? [])
      _ = try await until(list: patience, { try client.bands() }) { Set($0.map(\.name)) == names ? true : nil }
    case "members": try await members(client, step)
    case "seen_by", "deleted", "doctor": try await answered(what, client, step)
    default: throw Broken("nobody expects \(what)")
    }
  }

  private func songs(_ client: RockOn, _ step: Step) async throws {
    let orders: [String: SongOrder] = ["title": .title, "artist": .artist, "key": .key, "newest": .newest]
    guard let order = orders[step["order"]?.word ?? "title"] else { throw Broken("which order?") }
    let query = SongQuery(
      search: step["search"]?.word ?? "", unreadOnly: step["unread_only"]?.on == true,
      mineOnly: step["mine_only"]?.on == true, order: order,
      limit: step["limit"]?.number ?? .max)
    let (titles, bands) = (step["titles"]?.words, step["bands"]?.words)
    _ = try await until(list: patience, { try client.songs(query) }) { songs in
      let of = songs.map { $0.band ?? "" }
      return songs.map(\.title) == titles && (bands ?? of) == of ? true : nil
    }
    guard let count = step["count"]?.number else { return }
    let counted = try await client.countSongs(query)
    if counted != Int(count) { throw NotReached(description: "\(counted) songs") }
  }

  private func song(_ client: RockOn, _ step: Step) async throws {
    let word = step["row"]?.word ?? ""
    let id = known(word, .song)
    let (gone, unread, pending) = (step["gone"]?.on == true, step["unread"]?.on, step["pending"]?.on)
    _ = try await client.untilRows(.song, patience) { songs in
      let song = songs.first { id == nil ? $0.name == word : $0.id == id }
      guard let song else { return gone ? true : nil }
      let fits = (unread ?? song.unread) == song.unread && (pending ?? song.pending) == song.pending
      return fits && !gone ? true : nil
    }
  }

  private func setlist(_ client: RockOn, _ step: Step) async throws {
    let id = try await row(step["row"]?.word, .setlist, client)
    let (songs, items, time) = (step["songs"]?.words, step["items"]?.words, step["running_time"]?.number)
    _ = try await until(patience, { try client.setlist(id) }) { setlist -> Bool? in
      guard let setlist else { return nil }
      let titles = setlist.items.compactMap { item -> String? in
        if case .song(_, let title, _, _, _, _, _) = item.body { title } else { nil }
      }
      let names = setlist.items.map(\.name)
      return (songs ?? titles) == titles && (items ?? names) == names
        && (time ?? Int(setlist.runningTime)) == Int(setlist.runningTime) ? true : nil
    }
  }

  /// Reads again after each change of a row of the kind.
  private func read(_ what: String, _ client: RockOn, _ step: Step) async throws {
    if what == "export" {
      let (format, text, band) = (try format(step), step["text"]?.word ?? "", world.band)
      _ = try await client.untilRows(.song, patience) { _ in
        try await client.exportSongs(of: band, format).text.contains(text) ? true : nil
      }
      return
    }
    let kind = try kind(step)
    let id = try await row(step["row"]?.word, kind, client)
    let values = step["values"]?.fields ?? [:]
    _ = try await client.untilRows(kind, patience) { _ -> Bool? in
      let row = try await what == "row" ? client.row(kind, id) : client.lastSeen(kind, id)
      guard let row else { return nil }
      return values.allSatisfy { row[$0.key] == $0.value } ? true : nil
    }
  }

  /// Who changed a row, how and when.
  private func changed(_ what: String, _ client: RockOn, _ step: Step) async throws {
    let kind = try kind(step)
    let id = try await row(step["row"]?.word, kind, client)
    let (by, gone) = (step["by"], step["gone"]?.on == true)
    let (names, verbs, changes) = (by?.words, step["verbs"]?.words, step["changes"]?.fields ?? [:])
    _ = try await client.untilRows(kind, patience) { _ -> Bool? in
      switch what {
      case "history":
        let log = try await client.history(of: kind, id, limit: all)
        let done = log.map { "\($0.verb)" }
        let fits = log.compactMap(\.actorName) == names && (verbs ?? done) == done && log.allSatisfy { $0.at != nil }
        return fits ? true : nil
      case "last_change":
        let last = try await client.lastChange(of: kind, id)
        return last?.at != nil && last?.byName == by?.word ? true : nil
      default:
        guard let found = try await client.changesSinceSeen(kind, id)?.fields else { return gone ? true : nil }
        let said = found.allSatisfy {
          changes[$0.field] == .array(items: [$0.from, $0.to]) && $0.at != nil && (by == nil || by?.word == $0.byName)
        }
        return !gone && said && found.count == changes.count ? true : nil
      }
    }
  }

  private func told(_ what: String, _ client: RockOn, _ step: Step) async throws {
    let count = step["count"]?.number
    switch what {
    case "notice":
      let text = step["text"]?.word ?? ""
      _ = try await until(list: patience, { try client.notices(limit: all) }) { notices in
        let found = notices.count { $0.text.contains(text) }
        return (count.map { $0 == Int(found) } ?? (found > 0)) ? true : nil
      }
    case "unseen":
      _ = try await until(patience, { try client.unseenNotices() }) { Int($0) == count ? true : nil }
    default:
      let (kind, band) = (try kind(step), world.band)
      _ = try await until(patience, { try client.unread() }) { counts in
        let ours = counts.first { $0.scope == band && $0.kind == kind }
        return Int(ours?.count ?? 0) == count ? true : nil
      }
    }
  }

  private func waiting(_ what: String, _ client: RockOn, _ step: Step) async throws {
    let id = try await row(step["row"]?.word, kind(step), client)
    let gone = step["gone"]?.on == true
    if what == "rejected" {
      let (reason, verb) = (step["reason"]?.word, step["verb"]?.word)
      let (typed, had) = (step["typed"]?.fields, step["had"]?.fields)
      _ = try await until(list: patience, { try client.rejectedEdits(limit: all) }) { rejected in
        let there = rejected.contains {
          $0.row == id && (reason ?? $0.rejection.code.code) == $0.rejection.code.code
            && (verb ?? "\($0.verb)") == "\($0.verb)" && (typed ?? $0.set) == $0.set && (had ?? $0.base) == $0.base
        }
        let counted = try await client.countRejectedEdits()
        return there != gone && counted == rejected.count ? true : nil
      }
      return
    }
    let (field, mine, theirs) = (step["field"]?.word, step["mine"], step["theirs"])
    let (asks, live) = (step["asks"]?.word, step["live"]?.word)
    _ = try await until(list: patience, { try client.conflicts(limit: all) }) { found in
      let there = found.contains {
        let what = $0.what
        return what.row == id && (field ?? what.field) == what.field && (mine ?? what.mine) == what.mine
          && (theirs ?? what.theirs) == what.theirs && (asks ?? "\(what.asks)") == "\(what.asks)"
          && (live ?? "\($0.live)") == "\($0.live)"
      }
      let counted = try await client.countConflicts()
      return there != gone && counted == found.count ? true : nil
    }
  }

  private func status(_ client: RockOn, _ step: Step) async throws {
    let (session, connection) = (step["session"]?.word, step["connection"]?.word)
    let (unsent, rejected) = (step["unsent"]?.number, step["rejected"]?.number)
    let conflicts = step["conflicts"]?.number
    _ = try await until(patience, { try client.statusChanges() }) { now -> Bool? in
      let fits =
        (session ?? now.sessionWord) == now.sessionWord
        && (connection ?? now.connectionWord) == now.connectionWord
        && (unsent ?? Int(now.outbox.unsent)) == Int(now.outbox.unsent)
        && (rejected ?? Int(now.outbox.rejected)) == Int(now.outbox.rejected)
        && (conflicts ?? Int(now.outbox.conflicts)) == Int(now.outbox.conflicts)
      return fits ? true : nil
    }
  }

  private func members(_ client: RockOn, _ step: Step) async throws {
    let wanted = (step["roles"]?.fields ?? [:]).compactMapValues(\.word)
    let band = world.band
    _ = try await until(list: patience, { try client.members(of: band) }) { members in
      let pairs = members.map { ($0.name, $0.role?.code ?? "") }
      return Dictionary(pairs) { first, _ in first } == wanted ? true : nil
    }
  }

  private func answered(_ what: String, _ client: RockOn, _ step: Step) async throws {
    if what == "seen_by" {
      let kind = try kind(step)
      let id = try await row(step["row"]?.word, kind, client)
      let names = Set(step["names"]?.words ?? [])
      try await asked(patience, { try await client.seenBy(kind, id) }) { seen in
        Set(seen.filter(\.current).map(\.name)) == names
      }
      return
    }
    if what == "deleted" {
      let (band, title, by) = (world.band, step["title"]?.word, step["by"]?.word)
      let gone = step["gone"]?.on == true
      _ = try await until(list: patience, { try client.deleted(in: band, limit: all) }) { found in
        found.contains { $0.title == title && (by ?? $0.byName) == $0.byName } != gone ? true : nil
      }
      return
    }
    let (broken, check) = (step["broken"]?.word, step["check"]?.word)
    try await asked(patience, { try await client.diagnose() }) { report in
      let worst = report.checks.first { $0.status == .broken }
      return worst.map { "\($0.layer)" } == broken && (check ?? worst?.name) == worst?.name
    }
  }
}

extension Status {
  fileprivate var sessionWord: String {
    switch session {
    case .signedOut: "signed_out"
    case .signedIn: "signed_in"
    case .needsSignIn: "needs_sign_in"
    }
  }

  fileprivate var connectionWord: String {
    switch connection {
    case nil, .off?: "off"
    case .connecting?: "connecting"
    case .live?: "live"
    case .degraded?: "degraded"
    case .retrying?: "retrying"
    case .stopped?: "stopped"
    }
  }
}
