import RockOnCore
