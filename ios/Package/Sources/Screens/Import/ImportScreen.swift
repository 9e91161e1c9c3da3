import Models
import RockOnCore
import SwiftUI
import UniformTypeIdentifiers

/// Songs from files: what was found in them is shown before anything is stored.
public struct ImportScreen: View {
  @State private var model: ImportScreenModel

  /// It keeps the first model that it is given.
  public init(model: ImportScreenModel) { _model = State(initialValue: model) }

  public var body: some View {
    NavigationStack {
      List {
        if let failure = model.failure { FailureText(failure: failure) }
        if model.isBusy { ProgressView() }
        if model.isRead { Found(model: model) } else { Text("songs.import_hint") }
        Button(model.isRead ? "songs.import_files" : "songs.import_choose", systemImage: "folder") {
          model.chooseTapped()
        }
        .disabled(model.isBusy)
      }
      .navigationTitle("songs.import_title")
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button("app.cancel", role: .cancel) { model.closeTapped() } }
        ToolbarItem(placement: .confirmationAction) {
          if model.isRead {
            Button {
              Task { await model.importTapped() }
            } label: {
              words("songs.import_now", "\(model.taken)")
            }
            .disabled(!model.canImport)
          }
        }
      }
    }
    .fileImporter(isPresented: $model.isChoosing, allowedContentTypes: [.item], allowsMultipleSelection: true) {
      files in
      Task { await model.chose(files) }
    }
  }
}

private struct Found: View {
  @Bindable var model: ImportScreenModel

  var body: some View {
    Section {
      if model.songs > 0 { words("songs.import_found", "\(model.songs)").font(.headline) }
      if model.songs == 0 { Text("songs.import_nothing") }
      ForEach(model.unread) { file in
        words("songs.import_unreadable", "\(file.id)")
        if let why = file.why { ImportFailure(why: why) }
      }
      if let names = model.ignored { words("songs.import_columns", "\(names)").font(.footnote) }
    }
    if model.known > 0 {
      Section {
        Picker(selection: $model.choice) {
          Text("songs.import_known_skip").tag(SongChoice.skip)
          Text("songs.import_known_update").tag(SongChoice.update)
          Text("songs.import_known_add").tag(SongChoice.add)
        } label: {
          words("songs.import_known", "\(model.known)")
        }
        .pickerStyle(.inline)
      }
    }
    if model.toLookAt > 0 {
      Section {
        ForEach(model.remarks) { RemarkLine(remark: $0) }
      } header: {
        words("songs.import_warnings", "\(model.toLookAt)")
      }
    }
  }
}

private struct RemarkLine: View {
  let remark: ImportScreenModel.Remark
  @Environment(\.locale) private var locale

  var body: some View {
    VStack(alignment: .leading, spacing: 2) {
      words("songs.import_line", "\(remark.file)\(remark.line)\(remark.text)")
      if let kind = remark.kind { Text(verbatim: kind.text(in: Language(tag: locale.identifier))) }
    }
    .font(.footnote)
  }
}

private struct ImportFailure: View {
  let why: ImportError
  @Environment(\.locale) private var locale

  var body: some View { Text(verbatim: why.text(in: Language(tag: locale.identifier))).font(.footnote) }
}
