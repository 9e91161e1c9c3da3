import Models
import SwiftUI

/// The way in.
public struct WelcomeScreen: View {
  @State private var model: WelcomeScreenModel

  /// It keeps the first model that it is given.
  public init(model: WelcomeScreenModel) { _model = State(initialValue: model) }

  public var body: some View {
    NavigationStack {
      Form {
        TextField("welcome.email", text: $model.email)
          .textContentType(.username)
          .keyboardType(.emailAddress)
          .textInputAutocapitalization(.never)
          .autocorrectionDisabled()
        SecureField("welcome.password", text: $model.password)
          .textContentType(.password)
        if let failure = model.failure { FailureText(failure: failure) }
        Button("welcome.sign_in") { Task { await model.signInTapped() } }.disabled(!model.canSignIn)
      }
      .navigationTitle("app.name")
    }
  }
}
