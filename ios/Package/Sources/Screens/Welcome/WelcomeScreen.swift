import Models
import RockOnCore
import SwiftUI

/// The way in.
public struct WelcomeScreen: View {
  @State private var model: WelcomeScreenModel

  /// It keeps the first model that it is given.
  public init(model: WelcomeScreenModel) { _model = State(initialValue: model) }

  public var body: some View {
    // It goes from the model before a button acts.
    let asked = model.asksForServer
    NavigationStack {
      Form {
        Told(model: model)
        Fields(model: model)
        Ways(model: model)
        ServerPart(model: model)
      }
      .navigationTitle("app.name")
    }
    .onOpenURL { url in
      if let link = AppLink(url.absoluteString) { model.opened(link) }
    }
    .alert("welcome.server_use", isPresented: asksForServer) {
      Button("welcome.server_use") { Task { await model.serverTapped(asked) } }
      Button("app.cancel", role: .cancel) {}
    } message: {
      if let asked { words("welcome.server_use_hint", "\(asked.host)") }
    }
  }

  private var asksForServer: Binding<Bool> {
    Binding(get: { model.asksForServer != nil }, set: { if !$0 { model.asksForServer = nil } })
  }
}

/// What one is told before anything is typed, and of the way.
private struct Told: View {
  let model: WelcomeScreenModel

  var body: some View {
    Section {
      if model.waiting != nil {
        Text("welcome.link_waits")
      } else if model.isAgain {
        words("welcome.again", "\(model.email)")
      } else {
        Text("welcome.claim")
      }
      if model.isSent {
        if model.asksForCode {
          words("welcome.code_sent", "\(model.email)")
        } else {
          words("welcome.confirm_hint", "\(model.email)")
        }
      } else if model.way == .reset {
        Text("welcome.reset_hint")
      }
    }
  }
}

private struct Fields: View {
  @Bindable var model: WelcomeScreenModel

  var body: some View {
    Section {
      if model.asksForName {
        TextField("welcome.name", text: $model.name).textContentType(.name)
        Text("welcome.name_hint").font(.footnote)
      }
      TextField("welcome.email", text: $model.email)
        .textContentType(.username)
        .keyboardType(.emailAddress)
        .textInputAutocapitalization(.never)
        .autocorrectionDisabled()
        .disabled(model.isAgain)
      if model.asksForPassword { SecureField("welcome.password", text: $model.password).textContentType(.password) }
      if model.asksForName { Text("welcome.password_hint").font(.footnote) }
      if model.asksForCode {
        TextField("welcome.code", text: $model.code).textContentType(.oneTimeCode).keyboardType(.numberPad)
        Button("welcome.code_again") { Task { await model.sendAgainTapped() } }
      }
      if let failure = model.failure { FailureText(failure: failure) }
      Button(word) { Task { await model.goOnTapped() } }.disabled(!model.canGoOn)
    }
  }

  private var word: LocalizedStringKey {
    switch model.way {
    case .signUp: "welcome.sign_up"
    case .code where !model.isSent, .reset where !model.isSent: "welcome.send_code"
    case .password, .code, .reset: "welcome.sign_in"
    }
  }
}

/// The ways beside this one.
private struct Ways: View {
  let model: WelcomeScreenModel

  var body: some View {
    Section {
      ForEach(model.providers, id: \.self) { provider in
        switch provider {
        case .apple: Button("welcome.with_apple") { Task { await model.providerTapped(provider) } }
        case .google: Button("welcome.with_google") { Task { await model.providerTapped(provider) } }
        }
      }
      ForEach(model.others, id: \.self) { way in
        switch way {
        case .password: Button("welcome.with_password") { model.chose(way) }
        case .signUp: Button("welcome.sign_up") { model.chose(way) }
        case .code: Button("welcome.with_code") { model.chose(way) }
        case .reset: Button("welcome.forgot") { model.chose(way) }
        }
      }
    }
  }
}

/// Which server.
private struct ServerPart: View {
  @Bindable var model: WelcomeScreenModel

  var body: some View {
    if !model.isAgain {
      Section {
        words("welcome.server", "\(model.server)").font(.footnote)
        if let link = model.link {
          TextField("welcome.server_link", text: Binding(get: { link }, set: { model.link = $0 }))
            .textInputAutocapitalization(.never)
            .autocorrectionDisabled()
          Text("welcome.server_link_hint").font(.footnote)
          if model.isLinkWrong { Text("welcome.server_link_wrong") }
          Button("app.next") { model.linkTapped() }
        } else {
          Button("welcome.own_server") { model.ownServerTapped() }
        }
        if model.isOwnServer { Button("welcome.server_default") { Task { await model.serverTapped(nil) } } }
      }
    }
  }
}
