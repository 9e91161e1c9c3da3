// For Android projects that take this module as a Gradle project (`includeBuild` or `include`). Maven's pom.xml beside it is
// what is built and tested here; this file has not been run where it was written (no Gradle, no Android SDK there).
//
//   -PgeneratedDir=...   where `cargo xtask bindings` wrote the Kotlin side
//
// The native libraries come with the app's own AAR module (`android/` of the repository), one for each ABI.
plugins {
    kotlin("jvm") version "2.4.21"
    `java-library`
}

group = "org.rockon"
version = "0.1.0"

kotlin {
    jvmToolchain(17)
    compilerOptions { allWarningsAsErrors = true }
    sourceSets.main {
        kotlin.srcDir(providers.gradleProperty("generatedDir").orElse("../../target/bindings/kotlin"))
    }
}

repositories { mavenCentral() }

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.11.0")
    api("org.jetbrains.kotlinx:kotlinx-datetime:0.7.1")
    // On a JVM; an Android app adds `net.java.dev.jna:jna:5.19.1@aar` and the keep rules of consumer-rules.pro instead.
    compileOnly("net.java.dev.jna:jna:5.19.1")
    testImplementation("net.java.dev.jna:jna:5.19.1")
    testImplementation(kotlin("test-junit5"))
    testImplementation("org.junit.jupiter:junit-jupiter:5.13.4")
    testImplementation("org.jetbrains.kotlinx:kotlinx-serialization-json:1.9.0")
}

tasks.test {
    useJUnitPlatform()
    maxHeapSize = "1g"
    systemProperty("jna.library.path", providers.gradleProperty("nativeDir").orElse("../../target/debug").get())
}
