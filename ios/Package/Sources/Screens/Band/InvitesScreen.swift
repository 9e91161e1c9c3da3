import Models
import RockOnCore
import SwiftUI

/// The open codes of a band.
struct InvitesScreen: View {
  @State var model: InvitesScreenModel

  var body: some View {
    // It goes from the model before a button acts.
    let row = model.asksToRevoke
    List {
      if let failure = model.failure { FailureText(failure: failure) }
      if let row = model.shown { Large(row: row, model: model) }
      Section("band.invite_new") {
        Picker("band.invite_for_people", selection: $model.uses) {
          ForEach(InvitesScreenModel.choicesOfUses, id: \.self) { words("band.invite_people", "\($0)").tag($0) }
        }
        Picker("band.invite_for_days", selection: $model.days) {
          ForEach(InvitesScreenModel.choicesOfDays, id: \.self) { words("band.invite_days", "\($0)").tag($0) }
        }
        Button("band.invite_make") { Task { await model.makeTapped() } }.disabled(!model.canMake)
        Text("band.invite_hint").font(.footnote)
      }
      Section("band.invites") {
        if model.isLoaded && model.rows.isEmpty { Text("band.invites_empty") }
        ForEach(model.rows) { row in
          Button {
            model.tapped(row)
          } label: {
            InviteLine(row: row)
          }
          .swipeActions { Button("band.revoke", role: .destructive) { model.revokeTapped(row) } }
        }
      }
    }
    .navigationTitle("band.invite")
    .refreshable { await model.load() }
    .confirmationDialog("band.revoke_hint", isPresented: isRevoking, titleVisibility: .visible) {
      Button("band.revoke", role: .destructive) {
        Task { await model.revokeAnywayTapped(row) }
      }
      Button("app.cancel", role: .cancel) {}
    }
    .task { await model.follow() }
  }

  private var isRevoking: Binding<Bool> {
    Binding(get: { model.asksToRevoke != nil }, set: { if !$0 { model.asksToRevoke = nil } })
  }
}

/// The code that is sent or scanned.
private struct Large: View {
  let row: InvitesScreenModel.Row
  let model: InvitesScreenModel

  var body: some View {
    Section {
      if let qr = model.qr {
        QrView(code: qr).accessibilityLabel(words("band.invite_qr", "\(row.code)"))
      }
      Text(verbatim: row.code).font(.title).textSelection(.enabled)
      ShareLink(
        "band.invite_share", item: row.link,
        message: words("band.invite_text", "\(model.name)\(row.link.absoluteString)\(row.code)"))
      Button("band.invite_copy") { model.copyTapped(row) }
    } header: {
      words("band.invite_title", "\(model.name)")
    }
  }
}

private struct InviteLine: View {
  let row: InvitesScreenModel.Row

  var body: some View {
    VStack(alignment: .leading, spacing: 2) {
      Text(verbatim: row.code)
      if let name = row.forName { words("band.invite_for", "\(name)") }
      words("band.invite_uses", "\(row.uses)\("\(row.total)")")
      words("band.invite_expires", "\(row.expires, format: .dateTime)")
    }
    .accessibilityElement(children: .combine)
  }
}

/// Black on white in every theme, with white around it: cameras want it so.
private struct QrView: View {
  let code: QrCode

  var body: some View {
    Canvas { context, size in
      let step = size.width / CGFloat(code.side)
      for point in code.points {
        // A little over its edge: no light between neighbours.
        let place = CGRect(
          x: CGFloat(point.x) * step, y: CGFloat(point.y) * step, width: step + 0.5, height: step + 0.5)
        context.fill(Path(place), with: .color(.black))
      }
    }
    .frame(width: 240, height: 240)
    .padding(16)
    .background(Color.white)
  }
}
