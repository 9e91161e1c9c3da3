import CoreImage
import Foundation
import Models

/// A text as black points, by the system.
enum Qr {
  /// Nothing for a text that is too long for it.
  static func code(of text: String) -> QrCode? {
    guard let filter = CIFilter(name: "CIQRCodeGenerator") else { return nil }
    filter.setValue(Data(text.utf8), forKey: "inputMessage")
    filter.setValue("M", forKey: "inputCorrectionLevel")
    guard let image = filter.outputImage else { return nil }
    let side = Int(image.extent.width)
    var grey = [UInt8](repeating: 255, count: side * side)
    CIContext().render(
      image, toBitmap: &grey, rowBytes: side, bounds: image.extent, format: .R8,
      colorSpace: CGColorSpaceCreateDeviceGray()
    )
    let dark = grey.indices.filter { grey[$0] < 128 }
    return QrCode(side: side, points: dark.map { QrCode.Point(x: $0 % side, y: $0 / side) })
  }
}
