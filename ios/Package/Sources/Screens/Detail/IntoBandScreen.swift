import Models
import SwiftUI

/// Bands, to one of which a song is copied or moved.
struct IntoBandScreen: View {
  @State var model: IntoBandScreenModel

  var body: some View {
    NavigationStack {
      List(model.bands) { band in
        Button {
          Task { await model.tapped(band) }
        } label: {
          BandName(band: band)
        }
      }
      .navigationTitle(model.moves ? "song.move_to_band" : "song.copy_to_band")
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button("app.cancel", role: .cancel) { model.closeTapped() } }
      }
    }
  }
}
