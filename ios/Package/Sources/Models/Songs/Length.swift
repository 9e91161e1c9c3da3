/// Seconds as musicians write them: `3:45`, `1:02:00`.
func writtenLength(_ seconds: Int) -> String {
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, two(seconds % 60))
  return hours > 0 ? "\(hours):\(two(minutes)):\(rest)" : "\(minutes):\(rest)"
}
