//! `cargo xtask apk`: the app as phones install it, without Gradle and without an SDK, and how large it is.
//!
//! Owns: what becomes of the classes and resources that Maven's profile `apk` makes: R8, alignment and a signature.
//! Never: native code, which needs an NDK (`bindings/android`), and a key that anybody may trust: the one here is made each time.
//! Invariant: `apksigner` has verified what is printed.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::debian;
use crate::suite::{Screen, root, succeeds};
use crate::swift::there;
use crate::{bindings, publish};

/// From Debian: what Android's SDK would bring.
const TOOLS: [&str; 4] = ["zip", "unzip", "zipalign", "apksigner"];

/// The oldest Android, as `minSdk` has it.
const OLDEST: &str = "26";

/// What the library of Java has and Android has not, annotations that nothing reads, parts that a phone's maker may add to Android,
/// and names that are kept: a stack trace stays readable.
const RULES: &str = "-dontwarn java.lang.invoke.StringConcatFactory
-dontwarn org.jetbrains.annotations.**
-dontwarn androidx.window.extensions.**
-dontwarn androidx.window.sidecar.**
-dontobfuscate
";

/// The task.
pub(crate) fn task() -> ExitCode {
    match made() {
        Ok((apk, bytes)) => {
            println!("{}: {bytes} bytes, without native code", apk.display());
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn made() -> Result<(PathBuf, u64), String> {
    let missing = !TOOLS.iter().all(|tool| there(tool));
    if missing && debian::can_install() {
        debian::install(&TOOLS, "zip, unzip, zipalign and apksigner")?;
    }
    let made = bindings::build_and_generate().ok_or("the core was not built")?;
    if !publish::package(&made, &Screen::Live) {
        return Err("the core's jar was not made".to_owned());
    }
    let app = root().join("android/app/target");
    compile(&made.library)?;
    let folder = app.join("apk");
    let jars = jars(&folder, &app)?;
    shrink(&folder, &app, &jars)?;
    let aligned = pack(&folder, &app)?;
    sign(&folder, &aligned)
}

/// The app's classes, its linked resources, R8 and the list of what it runs with, all by Maven.
fn compile(library: &Path) -> Result<(), String> {
    let mut maven = Command::new("mvn");
    maven
        .current_dir(root().join("android"))
        .args(["--batch-mode", "--quiet", "--activate-profiles", "apk"])
        .args(["test-compile", "--projects", "maven/tool,maven/libs,ui,app"])
        .arg(format!("-Dnative.dir={}", library.display()));
    run(&mut maven, "Maven could not build the app")
}

/// What goes in: jars as they are, and a jar of each folder of classes.
fn jars(folder: &Path, app: &Path) -> Result<Vec<PathBuf>, String> {
    let path = std::fs::read_to_string(folder.join("classpath"))
        .map_err(|error| format!("Maven has not said what the app runs with: {error}"))?;
    // The core's jar is no library of Maven's.
    let core = root().join("bindings/kotlin/target/rockon-core-0.1.0.jar");
    let mut all = vec![app.join("classes"), core];
    all.extend(path.trim().split(':').map(PathBuf::from));
    let mut jars = Vec::new();
    for (number, entry) in all.into_iter().enumerate() {
        if !entry.is_dir() {
            jars.push(entry);
            continue;
        }
        let jar = folder.join(format!("classes-{number}.jar"));
        let mut packed = Command::new("jar");
        packed.arg("--create").arg("--file").arg(&jar);
        packed.arg("-C").arg(&entry).arg(".");
        run(&mut packed, "the classes could not be packed")?;
        jars.push(jar);
    }
    Ok(jars)
}

/// Only what is used, as Android reads it: `app.zip`.
fn shrink(folder: &Path, app: &Path, jars: &[PathBuf]) -> Result<(), String> {
    let rules = folder.join("rules.pro");
    std::fs::write(&rules, said(jars)?).map_err(|error| error.to_string())?;
    let mut r8 = Command::new("java");
    r8.args(["-Xmx4g", "-cp"]).arg(folder.join("r8.jar"));
    r8.args(["com.android.tools.r8.R8", "--release", "--min-api", OLDEST]);
    for library in [folder.join("framework.jar"), java_home()?] {
        r8.arg("--lib").arg(library);
    }
    for rules in [rules, app.join("android/manifest.pro")] {
        r8.arg("--pg-conf").arg(rules);
    }
    r8.arg("--output").arg(folder.join("app.zip")).args(jars);
    run(&mut r8, "R8 could not shrink the app")
}

/// The rules of everybody: ours, those of AARs, and those that jars carry.
fn said(jars: &[PathBuf]) -> Result<String, String> {
    let top = root();
    let mut files = vec![
        top.join("android/app/proguard-rules.pro"),
        top.join("bindings/kotlin/consumer-rules.pro"),
    ];
    let exploded = top.join("android/maven/libs/target/exploded");
    let aars = std::fs::read_dir(exploded).map_err(|error| error.to_string())?;
    files.extend(aars.flatten().map(|aar| aar.path().join("proguard.txt")));
    let mut text = RULES.to_owned();
    for file in files {
        text += &std::fs::read_to_string(file).unwrap_or_default();
        text.push('\n');
    }
    for jar in jars {
        let rules = Command::new("unzip")
            .arg("-p")
            .arg(jar)
            .arg("META-INF/proguard/*")
            .output();
        let rules = rules.map_err(|error| format!("unzip: {error}"))?;
        text += &String::from_utf8_lossy(&rules.stdout);
        text.push('\n');
    }
    Ok(text)
}

/// Classes and resources in one file, aligned as Android maps it.
fn pack(folder: &Path, app: &Path) -> Result<PathBuf, String> {
    let (plain, aligned) = (folder.join("plain.zip"), folder.join("aligned.zip"));
    std::fs::copy(app.join("android/resources.ap_"), &plain).map_err(|error| error.to_string())?;
    let classes = folder.join("dex");
    let mut unpacked = Command::new("unzip");
    unpacked.args(["-q", "-o"]).arg(folder.join("app.zip"));
    unpacked.args(["classes*.dex", "META-INF/services/*", "-d"]);
    unpacked.arg(&classes);
    run(&mut unpacked, "the classes could not be unpacked")?;
    let mut packed = Command::new("zip");
    packed.current_dir(&classes).args(["-q", "-r"]);
    packed.arg(&plain).arg(".");
    run(&mut packed, "the app could not be packed")?;
    let mut align = Command::new("zipalign");
    align.args(["-f", "-p", "4"]).args([&plain, &aligned]);
    run(&mut align, "the app could not be aligned")?;
    Ok(aligned)
}

/// Signed by a key of this run, and verified; where it is, and its bytes.
fn sign(folder: &Path, aligned: &Path) -> Result<(PathBuf, u64), String> {
    let apk = folder.join("rock-on.apk");
    let key = key(folder)?;
    let mut signer = Command::new("apksigner");
    signer.args(["sign", "--min-sdk-version", OLDEST]);
    signer.args(["--ks-pass", "pass:android", "--ks"]).arg(key);
    signer.arg("--out").arg(&apk).arg(aligned);
    run(&mut signer, "the app could not be signed")?;
    let mut verified = Command::new("apksigner");
    verified.args(["verify", "--min-sdk-version", OLDEST]);
    verified.arg(&apk);
    run(&mut verified, "the signature is not right")?;
    let about = std::fs::metadata(&apk).map_err(|error| error.to_string())?;
    Ok((apk, about.len()))
}

/// A key for nobody but this machine.
fn key(folder: &Path) -> Result<PathBuf, String> {
    let key = folder.join("debug.p12");
    let _ = std::fs::remove_file(&key);
    let mut tool = Command::new("keytool");
    tool.args(["-genkeypair", "-keystore"]).arg(&key);
    tool.args([
        "-storetype",
        "PKCS12",
        "-storepass",
        "android",
        "-alias",
        "debug",
        "-dname",
        "CN=Debug",
    ]);
    tool.args(["-keyalg", "RSA", "-keysize", "2048", "-validity", "10000"]);
    run(&mut tool, "no key could be made")?;
    Ok(key)
}

/// Where Java is: R8 looks there for what Android's classes build on.
fn java_home() -> Result<PathBuf, String> {
    let java = Command::new("java")
        .args(["-XshowSettings:properties", "-version"])
        .output();
    let java = java.map_err(|error| format!("java: {error}"))?;
    let said = String::from_utf8_lossy(&java.stderr).into_owned();
    let line = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("java.home = "));
    line.map(PathBuf::from)
        .ok_or_else(|| "Java does not say where it is".to_owned())
}

fn run(command: &mut Command, failed: &str) -> Result<(), String> {
    succeeds(command, &Screen::Live)
        .then_some(())
        .ok_or_else(|| failed.to_owned())
}
