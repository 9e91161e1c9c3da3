// See build.gradle.kts: not run where it was written.
rootProject.name = "rockon-core"
