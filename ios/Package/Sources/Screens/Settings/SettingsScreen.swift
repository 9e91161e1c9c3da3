import Models
import RockOnCore
import SwiftUI

/// The person's account and what is chosen for this phone.
public struct SettingsScreen: View {
  @State private var model: SettingsScreenModel
  @Environment(\.locale) private var locale

  /// It keeps the first model that it is given.
  public init(model: SettingsScreenModel) { _model = State(initialValue: model) }

  public var body: some View {
    Form {
      PhoneSection(model: model, preferences: model.preferences)
      AccountSection(model: model)
      ExportSection(model: model)
      Section {
        Button("settings.sign_out", role: .destructive) { model.signOutTapped() }
        Button("settings.delete_account", role: .destructive) { model.deleteTapped() }
      }
    }
    .navigationTitle("settings.title")
    .confirmationDialog("settings.sign_out_ask", isPresented: $model.asksToSignOut, titleVisibility: .visible) {
      Button("settings.sign_out", role: .destructive) { Task { await model.signOutAnywayTapped(everywhere: false) } }
      Button("settings.sign_out_everywhere", role: .destructive) {
        Task { await model.signOutAnywayTapped(everywhere: true) }
      }
      Button("app.cancel", role: .cancel) {}
    } message: {
      if model.unsent > 0 {
        words("settings.sign_out_unsent", "\(model.unsent)")
      } else {
        Text("settings.sign_out_kept")
      }
    }
    .alert("settings.delete_ask", isPresented: $model.asksToDelete) {
      TextField("settings.delete_account", text: $model.word)
      Button("settings.delete_account", role: .destructive) { Task { await model.deleteAnywayTapped(language) } }
        .disabled(!model.canDelete(language))
      Button("app.cancel", role: .cancel) {}
    } message: {
      Text("settings.delete_hint")
      words("settings.delete_type", "\(SettingsScreenModel.word(language))")
    }
    .task { await model.read() }
    .task { await model.follow() }
  }

  private var language: Language { Language(tag: locale.identifier) }
}

private struct PhoneSection: View {
  let model: SettingsScreenModel
  @Bindable var preferences: Preferences

  var body: some View {
    Section {
      Picker("settings.theme", selection: $preferences.theme) {
        Text("settings.theme_system").tag(Preferences.Theme.system)
        Text("settings.theme_light").tag(Preferences.Theme.light)
        Text("settings.theme_dark").tag(Preferences.Theme.dark)
        Text("settings.theme_stage").tag(Preferences.Theme.stage)
      }
      Picker("settings.language", selection: language) {
        Text("settings.language_system").tag(Preferences.Chosen.system)
        Text("settings.language_english").tag(Preferences.Chosen.en)
        Text("settings.language_german").tag(Preferences.Chosen.de)
      }
      Stepper("settings.gig_text", value: $preferences.gigText, in: 50...200, step: 10)
      words("settings.gig_text_hint", "\(preferences.gigText)")
    }
  }

  private var language: Binding<Preferences.Chosen> {
    Binding(get: { preferences.language }, set: { model.languageChosen($0) })
  }
}

private struct AccountSection: View {
  @Bindable var model: SettingsScreenModel

  var body: some View {
    Section("settings.account") {
      TextField("settings.name", text: $model.name)
      Text("settings.name_hint").font(.footnote)
      if model.canSaveName { Button("app.save") { Task { await model.nameTapped() } } }
      TextField("settings.email", text: $model.email).keyboardType(.emailAddress).textInputAutocapitalization(.never)
      if let to = model.sentTo { words("settings.email_confirm", "\(to)") }
      if model.canSaveEmail { Button("settings.email_change") { Task { await model.emailTapped() } } }
      SecureField("settings.password_new", text: $model.password).textContentType(.newPassword)
      Text("settings.password_others").font(.footnote)
      if let code = model.code {
        TextField("settings.code", text: Binding(get: { code }, set: { model.code = $0 })).textContentType(.oneTimeCode)
      }
      Button("settings.password_change") { Task { await model.passwordTapped() } }.disabled(!model.canSavePassword)
    }
  }
}

private struct ExportSection: View {
  let model: SettingsScreenModel

  var body: some View {
    Section("settings.export") {
      Button("settings.export_csv") { Task { await model.exportTapped(.csv) } }
      Button("settings.export_chordpro") { Task { await model.exportTapped(.chordPro) } }
      if model.shortened > 0 { words("settings.export_partial", "\(model.shortened)") }
      if let file = model.file { ShareLink("app.share", item: file) }
    }
  }
}
