//! Embeds `supabase/migrations/*.sql` (in name order) and `supabase/seed.sql`, so that a new migration is picked up by
//! the next build and the stack needs no files at run time.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let supabase = manifest
        .parent()
        .map(|root| root.join("supabase"))
        .unwrap_or_default();
    watch(&supabase);

    let mut code = String::from("/// Migration name (without `.sql`) and text, in order.\n");
    code.push_str("pub const MIGRATIONS: &[(&str, &str)] = &[\n");
    for path in migrations(&supabase.join("migrations"))? {
        let name = path
            .file_stem()
            .map(|n| n.to_string_lossy())
            .unwrap_or_default();
        let _ = writeln!(code, "    ({name:?}, {}),", include(&path));
    }
    code.push_str("];\n/// The seed, empty when there is none.\n");
    let seed = supabase.join("seed.sql");
    let text = if seed.exists() {
        include(&seed)
    } else {
        "\"\"".to_owned()
    };
    let _ = writeln!(code, "pub const SEED: &str = {text};");
    fs::write(out.join("embedded.rs"), code)
}

fn migrations(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = entries
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.retain(|path| path.extension().is_some_and(|ext| ext == "sql"));
    files.sort();
    Ok(files)
}

fn include(path: &Path) -> String {
    format!("include_str!({:?})", path.to_string_lossy())
}

fn watch(path: &Path) {
    // The one way to speak to cargo is standard output. A folder is watched with everything in it.
    let line = format!("cargo::rerun-if-changed={}\n", path.display());
    let _ = io::Write::write_all(&mut io::stdout(), line.as_bytes());
}
