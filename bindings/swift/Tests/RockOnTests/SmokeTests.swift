import RockOn
import Testing

@Test func theCoreSaysItsVersion() {
  #expect(RockOnClient.coreVersion.contains("."))
}
