import Foundation
public struct CGColorSpace: Sendable {}
public func CGColorSpaceCreateDeviceGray() -> CGColorSpace { CGColorSpace() }
public struct CIFormat: Sendable { public static let R8 = CIFormat() }
public class CIImage { public var extent: CGRect { .zero } }
public class CIFilter {
  public init?(name: String) { return nil }
  public func setValue(_ value: Any?, forKey key: String) {}
  public var outputImage: CIImage? { nil }
}
public class CIContext {
  public init() {}
  public func render(_ image: CIImage, toBitmap data: UnsafeMutableRawPointer, rowBytes: Int, bounds: CGRect, format: CIFormat, colorSpace: CGColorSpace?) {}
}
