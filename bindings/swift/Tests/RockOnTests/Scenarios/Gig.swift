import RockOnCore

/// The setlist on stage.
extension ScenarioRun {
  func stage(_ verb: String, _ client: RockOn, _ step: Step) async throws {
    switch verb {
    case "start_gig": try await client.startGig(row(step["row"]?.word, .setlist, client))
    case "turn_page": try await client.turnPage(Int(step["page"]?.number ?? 0))
    case "take_gig_update": try await client.takeGigUpdate()
    default: try await client.endGig()
    }
  }

  func gig(_ client: RockOn, _ step: Step) async throws {
    let gone = step["gone"]?.on == true
    _ = try await until(patience, { try client.gigChanges() }) { gig -> Bool? in
      guard let gig else { return gone ? true : nil }
      return !gone && isWanted(gig, step) ? true : nil
    }
  }
}

/// What a step wants of the gig that runs.
private func isWanted(_ gig: Gig, _ step: Step) -> Bool {
  let titles = gig.pages.compactMap { page -> String? in
    if case .song(let title, _, _, _, _, _, _, _) = page.body { title } else { nil }
  }
  let update = gig.newer
  guard (step["songs"]?.words ?? titles) == titles, (step["page"]?.number ?? gig.page) == gig.page,
    (step["newer"]?.on ?? (update != nil)) == (update != nil)
  else { return false }
  let by = step["by"]?.words
  return (by ?? update?.by) == update?.by && (step["added"]?.number ?? update?.added) == update?.added
    && (step["removed"]?.number ?? update?.removed) == update?.removed
    && (step["reordered"]?.on ?? update?.isReordered) == update?.isReordered
    && (step["deleted"]?.on ?? update?.isDeleted) == update?.isDeleted
}
