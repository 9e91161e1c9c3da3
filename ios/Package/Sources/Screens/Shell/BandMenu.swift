import Models
import SwiftUI

/// The band that the lists show, and the way to another one where there is one.
struct BandMenu: View {
  let bands: Bands

  var body: some View {
    if bands.canSwitch {
      Menu {
        ForEach(bands.all) { band in
          Button {
            bands.chose(band.id)
          } label: {
            BandName(band: band)
          }
        }
      } label: {
        if let band = bands.chosen { BandName(band: band) }
      }
      .accessibilityHint("app.choose_band")
    }
  }
}

struct BandName: View {
  let band: BandChoice

  var body: some View {
    if let name = band.name { Text(verbatim: name) } else { Text("app.mine") }
  }
}
