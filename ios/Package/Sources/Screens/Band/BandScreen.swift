import Models
import RockOnCore
import SwiftUI

/// The chosen band, its members, and what one may do about it.
struct BandScreen: View {
  @State var model: BandScreenModel

  var body: some View {
    List {
      if let failure = model.failure { FailureText(failure: failure) }
      if model.band == nil { Text("band.mine_hint") } else { Members(model: model) }
      Section {
        if model.mayManage {
          Button("band.invite") { model.invitesTapped() }
          Button("band.rename") { model.asked(.rename) }
        }
        Button("band.deleted_title") { model.deletedTapped() }
        if let shares = model.sharesSeen {
          Toggle(
            "band.share_seen", isOn: Binding(get: { shares }, set: { on in Task { await model.shareSeenSwitched(on) } })
          )
          Text("band.share_seen_hint").font(.footnote)
        }
        if model.band != nil { Button("band.leave", role: .destructive) { model.asked(.leave) } }
        if model.mayManage { Button("band.delete", role: .destructive) { model.asked(.delete) } }
      }
      Section("band.another") {
        Button("welcome.make_band") { model.makeTapped() }
        Button("welcome.join") { model.joinTapped() }
      }
      Section {
        Button("status.title") { model.statusTapped() }
        Button("settings.title") { model.settingsTapped() }
      }
    }
    .navigationTitle("app.tab_band")
    .modifier(Questions(model: model))
    .task(id: model.query) { await model.follow(model.query) }
  }
}

private struct Members: View {
  @Bindable var model: BandScreenModel

  var body: some View {
    Section {
      ForEach(model.members) { MemberLine(row: $0, model: model) }
      Toggle("band.former_show", isOn: $model.showsFormer)
    } header: {
      if let name = model.band?.name { Text(verbatim: name) }
    }
  }
}

private struct MemberLine: View {
  let row: BandScreenModel.Row
  let model: BandScreenModel

  var body: some View {
    HStack {
      VStack(alignment: .leading, spacing: 2) {
        if row.isMe { words("band.you", "\(row.name)") } else { Text(verbatim: row.name) }
        HStack {
          if row.isActive { RoleName(role: row.role) } else { Text("band.former") }
          if let at = row.since { words("band.joined", "\(at, format: .dateTime.day().month().year())") }
        }
        .font(.caption)
      }
      Spacer()
      if model.canChange(row) {
        Menu("app.more", systemImage: "ellipsis") {
          Button("band.role_admin") { Task { await model.roleChosen(.admin, of: row) } }
          Button("band.role_member") { Task { await model.roleChosen(.member, of: row) } }
          Button("band.role_viewer") { Task { await model.roleChosen(.viewer, of: row) } }
          Button("band.remove", role: .destructive) { model.asked(.remove(row)) }
        }
        .accessibilityLabel(Text(verbatim: row.name))
      }
      if model.canInviteAgain(row) { Button("band.invite_again") { Task { await model.inviteAgainTapped(row) } } }
    }
  }
}

private struct RoleName: View {
  let role: Role?

  var body: some View {
    switch role {
    case .admin: Text("band.role_admin")
    case .member: Text("band.role_member")
    case .viewer: Text("band.role_viewer")
    case .other: Text("band.role_other")
    case nil: EmptyView()
    }
  }
}

/// What wants a second word.
private struct Questions: ViewModifier {
  @Bindable var model: BandScreenModel

  func body(content: Content) -> some View {
    // It goes from the model before a button acts.
    let question = model.asking
    content
      .alert("band.leave", isPresented: isAsking(.leave)) {
        Button("band.leave", role: .destructive) { answer(question) }
        Button("app.cancel", role: .cancel) {}
      } message: {
        Text("band.leave_hint")
        if model.hasUnsent { Text("band.leave_unsent") }
      }
      .alert("band.remove", isPresented: isRemoving) {
        Button("band.remove", role: .destructive) { answer(question) }
        Button("app.cancel", role: .cancel) {}
      } message: {
        if case .remove(let row) = model.asking { words("band.remove_hint", "\(row.name)\(row.name)") }
      }
      .alert("band.rename", isPresented: isAsking(.rename)) {
        TextField("welcome.band_name", text: $model.typed)
        Button("app.save") { answer(question) }.disabled(!model.canAnswer)
        Button("app.cancel", role: .cancel) {}
      }
      .alert("band.delete", isPresented: isAsking(.delete)) {
        TextField("welcome.band_name", text: $model.typed)
        Button("band.delete", role: .destructive) { answer(question) }.disabled(!model.canAnswer)
        Button("app.cancel", role: .cancel) {}
      } message: {
        Text("band.delete_hint")
      }
  }

  private func answer(_ question: BandScreenModel.Asking?) { Task { await model.answered(question) } }

  private func isAsking(_ question: BandScreenModel.Asking) -> Binding<Bool> {
    Binding(get: { model.asking == question }, set: { if !$0, model.asking == question { model.asking = nil } })
  }

  private var isRemoving: Binding<Bool> {
    Binding(
      get: { if case .remove = model.asking { true } else { false } },
      set: { if !$0, case .remove = model.asking { model.asking = nil } })
  }
}
