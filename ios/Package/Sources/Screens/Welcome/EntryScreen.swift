import Models
import RockOnCore
import SwiftUI

/// One line that is typed over everything else: a band made or joined, a new password.
struct EntryScreen: View {
  @State var model: EntryScreenModel

  var body: some View {
    NavigationStack {
      Form {
        switch model.what {
        case .makeBand:
          TextField("welcome.band_name", text: $model.text)
          Text("welcome.make_band_hint").font(.footnote)
        case .join:
          TextField("welcome.join_code", text: $model.text).autocorrectionDisabled()
          Text("welcome.join_hint").font(.footnote)
        case .newPassword:
          SecureField("welcome.new_password", text: $model.text).textContentType(.newPassword)
          Text("welcome.password_hint").font(.footnote)
        }
        if let failure = model.failure { FailureText(failure: failure) }
      }
      .navigationTitle(title)
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button("app.cancel", role: .cancel) { model.closeTapped() } }
        ToolbarItem(placement: .confirmationAction) {
          Button("app.done") { Task { await model.goOnTapped() } }.disabled(!model.canGoOn)
        }
      }
    }
  }

  private var title: LocalizedStringKey {
    switch model.what {
    case .makeBand: "welcome.make_band"
    case .join: "welcome.join"
    case .newPassword: "welcome.reset"
    }
  }
}

/// How somebody begins who has just made an account.
struct StartScreen: View {
  let shell: Shell

  var body: some View {
    NavigationStack {
      Form {
        Button("welcome.make_band") { shell.makeBandTapped() }
        Button("welcome.join") { shell.joinTapped() }
        Button("welcome.just_mine") { shell.justMineTapped() }
        Text("welcome.just_mine_hint").font(.footnote)
      }
      .navigationTitle("welcome.start")
    }
  }
}

/// A link to another server was opened.
struct ServerScreen: View {
  let server: Server
  let shell: Shell

  var body: some View {
    NavigationStack {
      Form {
        words("welcome.server_use_hint", "\(server.host)")
        Text("welcome.server_signs_out")
        Button("welcome.server_use") { Task { await shell.serverTapped(server) } }
        Button("app.cancel", role: .cancel) { shell.justMineTapped() }
      }
      .navigationTitle("welcome.own_server")
    }
  }
}
