//! The private PostgreSQL server: it ends with us whatever happens, and starts again on what a killed run left.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rockon_local_stack::{
    Cluster, ClusterConfig, Contents, Owner, Project, ProjectConfig, StackError, Step,
};
use rockon_tests::eventually;

/// Tells the child process (this very test binary) what to do: the data directory, or empty for a temporary one.
const CHILD: &str = "ROCKON_TEST_CLUSTER_CHILD";
const PATIENCE: Duration = Duration::from_mins(1);

fn is_alive(pid: u32) -> bool {
    // A zombie has no command line.
    std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}

/// Not a test of its own: the parent tests start this in another process and kill it.
#[tokio::test]
async fn child_that_runs_a_cluster_until_it_is_killed() {
    let Ok(data) = std::env::var(CHILD) else {
        return;
    };
    let data = (!data.is_empty()).then(|| data.into());
    let cluster = Cluster::start(ClusterConfig {
        data,
        ..ClusterConfig::default()
    })
    .await
    .unwrap();
    cluster
        .open_database("rockon", Contents::Bare)
        .await
        .unwrap();
    let client = cluster.superuser("rockon").await.unwrap();
    client
        .batch_execute("create table if not exists kept (n int); insert into kept values (1)")
        .await
        .unwrap();
    let report = cluster
        .directory()
        .join("../")
        .join(format!("report-{}", std::process::id()));
    std::fs::write(
        &report,
        format!(
            "{} {}",
            cluster.server_pid().unwrap(),
            cluster.directory().display()
        ),
    )
    .unwrap();
    // A busy backend outlives a killed server process.
    let _ = client.batch_execute("select pg_sleep(600)").await;
    std::future::pending::<()>().await;
}

/// Starts the child and waits until its server runs. Gives the child, the server's pid and directory.
async fn start(data: &str) -> (Child, u32, String) {
    let program = std::env::current_exe().unwrap();
    let child = Command::new(program)
        .args([
            "stack_cluster::child_that_runs_a_cluster_until_it_is_killed",
            "--exact",
            "--nocapture",
        ])
        .env(CHILD, data)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let name = format!("report-{}", child.id());
    let parent = if data.is_empty() {
        std::env::temp_dir()
    } else {
        Path::new(data).parent().unwrap().to_owned()
    };
    let report = parent.join(name);
    let text = eventually("the child reports its server", PATIENCE, async || {
        std::fs::read_to_string(&report)
            .ok()
            .filter(|text| text.contains(' '))
    })
    .await;
    let (pid, directory) = text.split_once(' ').unwrap();
    let pid = pid.parse().unwrap();
    assert!(is_alive(pid));
    std::fs::remove_file(&report).unwrap();
    (child, pid, directory.to_owned())
}

/// [`start`], then SIGKILL to the child. Gives the server's pid and directory.
async fn start_and_kill(data: &str) -> (u32, String) {
    let (mut child, pid, directory) = start(data).await;
    child.kill().unwrap();
    child.wait().unwrap();
    (pid, directory)
}

/// The watchdog of a server, and the part of it that waits for the parent's end.
fn watchdog_of(server: u32) -> (u32, u32) {
    let status = std::fs::read_to_string(format!("/proc/{server}/status")).unwrap();
    let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"));
    let watchdog: u32 = parent.unwrap().trim().parse().unwrap();
    let children = format!("/proc/{watchdog}/task/{watchdog}/children");
    let children = std::fs::read_to_string(children).unwrap();
    let mut others = children.split_whitespace().map(|pid| pid.parse().unwrap());
    (watchdog, others.find(|pid| *pid != server).unwrap())
}

fn sigkill(pid: u32) {
    let killed = Command::new("kill")
        .args(["-KILL", &pid.to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
}

#[tokio::test]
async fn with_its_watchdog_killed_first_the_server_still_ends_and_the_next_start_sweeps() {
    let (mut child, server, directory) = start("").await;
    let (watchdog, reader) = watchdog_of(server);
    sigkill(watchdog);
    assert!(is_alive(server), "the parent still wants it");
    child.kill().unwrap();
    child.wait().unwrap();
    eventually("server and watchdog end", PATIENCE, async || {
        [server, watchdog, reader]
            .iter()
            .all(|pid| !is_alive(*pid))
            .then_some(())
    })
    .await;
    drop(Cluster::start(ClusterConfig::default()).await.unwrap());
    // Another start at this moment may be the one that removes it.
    eventually("the directory goes", PATIENCE, async || {
        (!Path::new(&directory).exists()).then_some(())
    })
    .await;
}

/// Nobody is left to notice: the server goes on until the next start, which knows it by its directory.
#[tokio::test]
async fn with_nothing_left_to_watch_it_the_server_is_ended_by_the_next_start() {
    let parent = kept_parent();
    let data = parent.path().join("data");
    let (mut child, server, directory) = start(&data.display().to_string()).await;
    let (watchdog, reader) = watchdog_of(server);
    sigkill(watchdog);
    sigkill(reader);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(is_alive(server));
    let config = ClusterConfig {
        data: Some(directory.into()),
        ..ClusterConfig::default()
    };
    let cluster = Cluster::start(config).await.unwrap();
    assert!(!is_alive(server));
    let client = cluster.superuser("rockon").await.unwrap();
    let kept = client.query_one("select count(*) from kept", &[]).await;
    assert_eq!(kept.unwrap().get::<_, i64>(0), 1);
}

#[tokio::test]
async fn after_sigkill_no_server_and_no_temporary_directory_is_left() {
    let (pid, directory) = start_and_kill("").await;
    eventually("the server ends", PATIENCE, async || {
        (!is_alive(pid)).then_some(())
    })
    .await;
    eventually("the directory goes", PATIENCE, async || {
        (!Path::new(&directory).exists()).then_some(())
    })
    .await;
}

#[tokio::test]
async fn after_sigkill_a_kept_directory_starts_again_with_its_data() {
    let parent = kept_parent();
    let data = parent.path().join("data");
    let (_, directory) = start_and_kill(&data.display().to_string()).await;
    let config = ClusterConfig {
        data: Some(directory.into()),
        ..ClusterConfig::default()
    };
    let cluster = eventually("the lock is free", PATIENCE, async || {
        Cluster::start(config.clone()).await.ok()
    })
    .await;
    let client = cluster.superuser("rockon").await.unwrap();
    let rows: i64 = client
        .query_one("select count(*) from kept", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(rows, 1);
    let synced = client.query_one("show recovery_init_sync_method", &[]);
    let synced: String = synced.await.unwrap().get(0);
    assert!(!cfg!(target_os = "linux") || synced == "syncfs", "{synced}");
}

#[tokio::test]
async fn after_sigkill_of_the_server_it_starts_again_and_recovers() {
    let parent = kept_parent();
    let data = parent.path().join("data");
    let config = ClusterConfig {
        data: Some(data),
        ..ClusterConfig::default()
    };
    let cluster = Cluster::start(config.clone()).await.unwrap();
    let client = cluster.superuser("postgres").await.unwrap();
    let busy = tokio::spawn(async move { client.batch_execute("select pg_sleep(600)").await });
    let pid = cluster.server_pid().unwrap();
    sigkill(pid);
    eventually("the server is gone", PATIENCE, async || {
        cluster.server_pid().is_none().then_some(())
    })
    .await;
    cluster.resume().await.unwrap();
    assert!(busy.await.unwrap().is_err());
    let client = cluster.superuser("postgres").await.unwrap();
    assert_eq!(
        client
            .query_one("select 1", &[])
            .await
            .unwrap()
            .get::<_, i32>(0),
        1
    );
}

#[tokio::test]
async fn a_directory_in_use_is_refused_and_not_cleaned() {
    let parent = kept_parent();
    let config = ClusterConfig {
        data: Some(parent.path().join("data")),
        ..ClusterConfig::default()
    };
    let cluster = Cluster::start(config.clone()).await.unwrap();
    let second = Cluster::start(config).await;
    assert!(matches!(second, Err(StackError::InUse(_))), "{second:?}");
    assert!(cluster.superuser("postgres").await.is_ok());
}

#[tokio::test]
async fn dropping_a_cluster_ends_the_server_and_removes_its_directory() {
    let cluster = Cluster::start(ClusterConfig::default()).await.unwrap();
    let (pid, directory) = (
        cluster.server_pid().unwrap(),
        cluster.directory().to_owned(),
    );
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&directory.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700);
    drop(cluster);
    assert!(!is_alive(pid));
    assert!(!directory.exists());
}

#[tokio::test]
async fn a_kept_project_has_its_rows_after_a_restart_of_the_cluster() {
    let parent = kept_parent();
    let config = ClusterConfig {
        data: Some(parent.path().join("data")),
        ..ClusterConfig::default()
    };
    for expected in [0_i64, 1] {
        let cluster = Cluster::start(config.clone()).await.unwrap();
        let project = ProjectConfig {
            database: Some("rockon".to_owned()),
            ..ProjectConfig::default()
        };
        let project = Project::start(&cluster, project).await.unwrap();
        let admin = project.admin().await.unwrap();
        admin
            .batch_execute("create table if not exists public.kept (n int)")
            .await
            .unwrap();
        let rows: i64 = admin
            .query_one("select count(*) from kept", &[])
            .await
            .unwrap()
            .get(0);
        assert_eq!(rows, expected);
        admin
            .batch_execute("insert into kept values (1)")
            .await
            .unwrap();
        project.shutdown().await.unwrap();
    }
}

/// A short path that the server's user can reach.
fn kept_parent() -> tempfile::TempDir {
    let directory = tempfile::Builder::new()
        .prefix("rockon-kept-")
        .tempdir_in("/tmp")
        .unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(directory.path(), open).unwrap();
    directory
}

/// Downloads about 10 MB: runs only when asked for, by `cargo test -p rockon-tests downloaded_once -- --ignored`.
/// What can go wrong on the way is tested without it, in `local-stack/src/cluster/download/tests.rs`.
#[tokio::test]
#[ignore = "needs the network"]
async fn without_an_installed_server_one_is_downloaded_once() {
    static STEPS: std::sync::Mutex<Vec<Step>> = std::sync::Mutex::new(Vec::new());
    let cache = kept_parent();
    let config = ClusterConfig {
        ignore_installed: true,
        cache: Some(cache.path().to_owned()),
        progress: |step| STEPS.lock().unwrap().push(step),
        ..ClusterConfig::default()
    };
    for _ in 0..2 {
        let cluster = Cluster::start(config.clone()).await.unwrap();
        assert_eq!(cluster.binaries().major, 17);
        let project = ProjectConfig {
            contents: Contents::Seeded,
            ..ProjectConfig::default()
        };
        let project = Project::start(&cluster, project).await.unwrap();
        let admin = project.admin().await.unwrap();
        let crypt = "select extensions.crypt('x', extensions.gen_salt('bf')) like '$2a$%'";
        assert!(admin.query_one(crypt, &[]).await.unwrap().get::<_, bool>(0));
        project.shutdown().await.unwrap();
    }
    let steps = STEPS.lock().unwrap();
    let unpacked = steps.iter().filter(|step| **step == Step::Unpacking);
    assert_eq!(unpacked.count(), 1, "the second start finds the first's");
}

fn mode(path: &Path) -> u32 {
    let permissions = std::fs::symlink_metadata(path).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::mode(&permissions) & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(path, mode).unwrap();
}

/// Every file and directory below, the first included.
fn tree(path: &Path, found: &mut Vec<std::path::PathBuf>) {
    found.push(path.to_owned());
    if path.symlink_metadata().unwrap().is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            tree(&entry.unwrap().path(), found);
        }
    }
}

/// What of a data directory somebody else could open.
fn open_to_others(data: &Path) -> Vec<String> {
    let mut all = Vec::new();
    tree(data, &mut all);
    assert!(all.len() > 100, "a whole server: {}", all.len());
    let open = all.iter().filter(|path| mode(path) & 0o077 != 0);
    open.map(|path| path.display().to_string()).collect()
}

/// Started by the next test in a process of its own: a umask is the whole process's.
#[tokio::test]
async fn child_that_runs_a_cluster_under_a_umask() {
    let Ok(data) = std::env::var(CHILD_OF_UMASK) else {
        return;
    };
    let config = ClusterConfig {
        data: Some(data.clone().into()),
        ..ClusterConfig::default()
    };
    let cluster = Cluster::start(config).await.unwrap();
    let open = open_to_others(Path::new(&data));
    drop(cluster);
    assert!(open.is_empty(), "{open:?}");
}

const CHILD_OF_UMASK: &str = "ROCKON_TEST_CLUSTER_UMASK";

#[test]
fn the_files_of_a_data_directory_are_the_owners_alone_whatever_the_umask_and_what_was_there() {
    let parent = kept_parent();
    let there = parent.path().join("there");
    std::fs::create_dir(&there).unwrap();
    set_mode(&there, 0o777);
    // Twice in each: a new directory, and one with files that were opened up.
    for data in [parent.path().join("new"), there] {
        for _ in 0..2 {
            let mut child = Command::new("sh");
            let test = "stack_cluster::child_that_runs_a_cluster_under_a_umask";
            let script = format!("umask 000; exec \"$0\" {test} --exact --nocapture");
            child
                .args(["-c", &script])
                .arg(std::env::current_exe().unwrap());
            child.env(CHILD_OF_UMASK, &data).stdout(Stdio::null());
            assert!(child.status().unwrap().success(), "{}", data.display());
            for (name, bits) in [
                ("lock", 0o666),
                ("log", 0o666),
                ("data", 0o755),
                ("", 0o755),
            ] {
                set_mode(&data.join(name), bits);
            }
        }
    }
}

#[tokio::test]
async fn a_directory_below_one_that_the_servers_user_cannot_enter_is_named_before_anything_is_made()
{
    let parent = kept_parent();
    let closed = parent.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    set_mode(&closed, 0o700);
    let data = closed.join("deep/data");
    let config = ClusterConfig {
        data: Some(data),
        ..ClusterConfig::default()
    };
    let started = Cluster::start(config).await;
    if Owner::choose().unwrap() == Owner::Caller {
        // The server runs as whoever made the folder.
        assert!(started.is_ok());
        return;
    }
    let text = started.unwrap_err().to_string();
    let named = closed.display().to_string();
    assert!(text.contains(&format!("cannot enter {named}.")), "{text}");
    assert!(text.contains(&format!("chmod o+x {named}")), "{text}");
    assert!(!text.contains("initdb"), "{text}");
    assert!(!closed.join("deep").exists(), "nothing is left behind");
}

#[tokio::test]
async fn a_directory_with_other_files_is_refused_and_stays_as_it_is() {
    let parent = kept_parent();
    let data = parent.path().join("home");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("letter.txt"), "dear").unwrap();
    set_mode(&data, 0o755);
    let owner = std::os::unix::fs::MetadataExt::uid(&data.metadata().unwrap());
    let config = ClusterConfig {
        data: Some(data.clone()),
        ..ClusterConfig::default()
    };
    let refused = Cluster::start(config).await;
    assert!(
        matches!(refused, Err(StackError::Occupied(_))),
        "{refused:?}"
    );
    let after = data.metadata().unwrap();
    assert_eq!(mode(&data), 0o755);
    assert_eq!(std::os::unix::fs::MetadataExt::uid(&after), owner);
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1);
}

/// A folder that anybody could have made there, with a program of theirs in it, as where `HOME` is not set.
#[tokio::test]
async fn programs_of_a_cache_that_others_may_write_to_are_not_run() {
    let parent = kept_parent();
    let cache = parent.path().join("cache");
    let ran = parent.path().join("ran");
    let bin = cache.join("postgresql-17.11.0/bin");
    std::fs::create_dir_all(&bin).unwrap();
    for name in ["postgres", "initdb"] {
        let program = format!(
            "#!/bin/sh\n: >{}\necho 'postgres (PostgreSQL) 17.11'\n",
            ran.display()
        );
        std::fs::write(bin.join(name), program).unwrap();
        set_mode(&bin.join(name), 0o755);
    }
    set_mode(&cache, 0o777);
    let config = ClusterConfig {
        ignore_installed: true,
        cache: Some(cache.clone()),
        ..ClusterConfig::default()
    };
    let text = Cluster::start(config.clone())
        .await
        .unwrap_err()
        .to_string();
    assert!(!ran.exists(), "it was run");
    assert!(text.contains(&cache.display().to_string()), "{text}");
    assert!(text.contains("other users may write to it"), "{text}");
    set_mode(&cache, 0o755);
    // Closed, it is as good as any: the program is run, and is no server.
    assert!(Cluster::start(config).await.is_err());
    assert!(ran.exists());
}

#[tokio::test]
async fn a_kept_database_of_an_older_stack_gets_what_auth_needs_and_keeps_its_rows() {
    let parent = kept_parent();
    let config = ClusterConfig {
        data: Some(parent.path().join("data")),
        ..ClusterConfig::default()
    };
    let cluster = Cluster::start(config).await.unwrap();
    cluster
        .create_database("rockon", Contents::Bare)
        .await
        .unwrap();
    let older = "drop table auth.one_time_tokens; drop type auth.one_time_token_type; create table public.kept ()";
    let client = cluster.superuser("rockon").await.unwrap();
    client.batch_execute(older).await.unwrap();
    for _ in 0..2 {
        cluster
            .open_database("rockon", Contents::Bare)
            .await
            .unwrap();
        let both = "select from auth.one_time_tokens, public.kept";
        client.batch_execute(both).await.unwrap();
    }
}
