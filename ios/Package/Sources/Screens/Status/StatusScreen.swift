import Models
import RockOnCore
import SwiftUI

/// How things are with the server, and the doctor.
struct StatusScreen: View {
  @State var model: StatusScreenModel

  var body: some View {
    List {
      ServerSection(model: model)
      UnsentSection(model: model)
      DoctorSection(model: model)
      Section {
        Button("status.log") { model.logTapped() }
      }
    }
    .navigationTitle("status.title")
    .task { await model.follow() }
  }
}

private struct ServerSection: View {
  let model: StatusScreenModel

  var body: some View {
    Section {
      if let email = model.email { words("status.signed_in_as", "\(email)") }
      LabeledContent("status.server") { Text(verbatim: model.server) }
      Way(model: model)
      if let at = model.lastSync { words("status.last_sync", "\(at, format: .dateTime)") }
      if model.lastSync == nil { Text("status.never_synced") }
      if let ahead = model.ahead {
        words("status.clock_ahead", "\(ahead, format: .units(allowed: [.days, .hours, .minutes], width: .wide))")
        Text("status.clock_fix")
      }
      if let behind = model.behind {
        words("status.clock_behind", "\(behind, format: .units(allowed: [.days, .hours, .minutes], width: .wide))")
        Text("status.clock_fix")
      }
      if model.unreadable > 0 { words("status.unreadable_hint", "\(model.unreadable)") }
      if let file = model.setAside { words("status.set_aside", "\(file)") }
      if let said = model.backgroundFailure { Text(verbatim: said) }
      if let failure = model.failure { FailureText(failure: failure) }
      if model.isSyncing { ProgressView("status.syncing") }
      Button("status.try_now") { Task { await model.syncTapped() } }.disabled(model.isSyncing)
    }
  }
}

/// How the phone stands to the server.
private struct Way: View {
  let model: StatusScreenModel

  var body: some View {
    switch model.word {
    case .signedOut:
      Said(what: "status.signed_out", hint: "status.signed_out_hint")
      Button("welcome.sign_in") { model.signInTapped() }
    case .offline: Said(what: "status.offline", hint: "status.offline_hint")
    case .delayed, .clockWrong: Text("status.delayed")
    case .failing(let error): FailureText(failure: error)
    case .firstSync(let rows): words("app.first_sync", "\(rows)")
    case nil where model.isLive: Said(what: "status.live", hint: "status.live_hint")
    case nil: Text("status.connecting")
    }
  }
}

/// What waits to be sent.
private struct UnsentSection: View {
  let model: StatusScreenModel

  var body: some View {
    Section("status.unsent") {
      if model.unsentCount > 0 {
        words("app.unsent_count", "\(model.unsentCount)")
        if let oldest = model.oldest { words("status.oldest", "\(oldest, format: .dateTime)") }
      } else {
        Text("status.unsent_none")
      }
      ForEach(model.unsent) { edit in
        LabeledContent {
          Text(edit.at, format: .dateTime)
        } label: {
          VStack(alignment: .leading, spacing: 2) {
            if let title = edit.title { Text(verbatim: title) } else { KindName(kind: edit.kind) }
            VerbName(verb: edit.verb).font(.caption)
          }
        }
      }
    }
  }
}

private struct DoctorSection: View {
  let model: StatusScreenModel
  @Environment(\.locale) private var locale

  var body: some View {
    Section {
      ForEach(model.checks) { CheckLine(check: $0) }
      if model.isExamining { ProgressView("status.doctor_running") }
      if model.hasReport {
        Button("status.copy_report") { model.copyReportTapped(Language(tag: locale.identifier)) }
        Text("status.report_hint").font(.footnote)
        Button("status.doctor_again") { Task { await model.doctorTapped() } }
      } else {
        Button("status.doctor_run") { Task { await model.doctorTapped() } }.disabled(model.isExamining)
      }
    } header: {
      Text("status.doctor")
    } footer: {
      Text("status.doctor_hint")
    }
  }
}

private struct CheckLine: View {
  let check: StatusScreenModel.Checked

  var body: some View {
    VStack(alignment: .leading, spacing: 2) {
      Text(verbatim: check.name).fontWeight(check.isFirstBroken ? .bold : .regular)
      switch check.status {
      case .fine: Label("status.check_fine", systemImage: "checkmark.circle")
      case .warning: Label("status.check_warning", systemImage: "exclamationmark.triangle")
      case .broken: Label("status.check_broken", systemImage: "xmark.octagon")
      case .notJudged: Label("status.check_not_judged", systemImage: "questionmark.circle")
      }
      if let fix = check.fix { Text(verbatim: fix) }
      words("status.evidence", "\(check.evidence)").font(.caption)
    }
    .accessibilityElement(children: .combine)
  }
}
