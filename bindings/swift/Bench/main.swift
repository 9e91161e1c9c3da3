import RockOn
print(RockOnClient.coreVersion)
