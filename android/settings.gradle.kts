// The real build of the app, for a machine with Gradle 9.4 or newer and the Android SDK. It was not run where it was written:
// there the same sources are built and tested by Maven (pom.xml beside this file); a test compares what both name.
pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositoriesMode = RepositoriesMode.PREFER_SETTINGS
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "rock-on"

include(":app", ":ui", ":desktop")

// The core: its Kotlin module, and the AAR with its native libraries (bindings/android/build-native.sh makes them).
include(":rockon-core", ":rockon-core-android")
project(":rockon-core").projectDir = file("../bindings/kotlin")
project(":rockon-core-android").projectDir = file("../bindings/android")
