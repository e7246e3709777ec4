//! The server as a process that cannot outlive the tests.
//!
//! The test runner never drops statics and may be killed, so nothing here relies on a destructor: a shell starts the
//! server and waits for its own standard input, a pipe from the test process, to end. The kernel closes that pipe
//! whatever becomes of the tests; the shell then stops the server and removes its folder.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

/// `$1` is the server's binary, `$2` its folder, the rest its settings. Signals are left to the pipe.
const WATCHER: &str = r#"
    trap '' HUP INT TERM
    postgres=$1 folder=$2; shift 2
    "$postgres" -D "$folder/data" -k "$folder" "$@" > "$folder/log" 2>&1 &
    read closed
    kill -INT $!
    wait $!
    rm -rf "$folder"
"#;

/// For tests: nothing need survive a crash, much happens at once, nobody comes over the network.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "port=5432",
    "max_connections=200",
    "shared_buffers=64MB",
    "max_wal_size=128MB",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "jit=off",
];

/// How long a slow machine may take to start a server.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it listens on a Unix socket in its folder.
pub(super) struct Process {
    folder: PathBuf,
    /// Held open, never written: the server lives as long as this does.
    _pipe: ChildStdin,
}

impl Process {
    /// Makes an empty cluster and starts its server.
    pub(super) fn start(binaries: &Path) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("forecourt-postgres-").tempdir_in(fastest_folder())?;
        let account = account(folder.path())?;
        if let Some((user, group)) = account {
            chown(folder.path(), Some(user), Some(group))?;
        }
        make_cluster(binaries, folder.path(), account)?;
        let mut watcher = command("sh", folder.path(), account)
            .args(["-c", WATCHER, "watcher"])
            .args([binaries.join("postgres").as_path(), folder.path()])
            .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C is for the tests; the server follows them.
            .process_group(0)
            .spawn()
            .context("cannot start a shell")?;
        let pipe = watcher.stdin.take().context("the shell has no standard input")?;
        let process = Self { folder: folder.keep(), _pipe: pipe };
        process.await_ready()?;
        Ok(process)
    }

    /// Where its socket is.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn await_ready(&self) -> anyhow::Result<()> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            // The last line of this file is the server's state.
            let state = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap_or_default();
            if state.trim_end().ends_with("ready") {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        bail!("PostgreSQL is not ready after {PATIENCE:?}:\n{log}")
    }
}

/// Memory where there is plenty: a fresh database is four hundred small files, ten times slower to make on a disk.
fn fastest_folder() -> PathBuf {
    let room = || {
        let output = Command::new("df").args(["-Pk", "/dev/shm"]).output().ok()?;
        let kilobytes = String::from_utf8(output.stdout).ok()?;
        kilobytes.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok()
    };
    match room() {
        Some(kilobytes) if kilobytes > 2_000_000 => PathBuf::from("/dev/shm"),
        _ => std::env::temp_dir(),
    }
}

fn make_cluster(binaries: &Path, folder: &Path, account: Option<(u32, u32)>) -> anyhow::Result<()> {
    let mut failure = String::new();
    // C.UTF-8 knows the case of letters beyond ASCII; some systems have only C.
    for locale in ["C.UTF-8", "C"] {
        let output = command(binaries.join("initdb"), folder, account)
            .args(["--pgdata", "data", "--username", "postgres", "--auth", "trust"])
            .args(["--encoding", "UTF8", "--locale", locale, "--no-sync"])
            .output()
            .context("cannot run initdb")?;
        if output.status.success() {
            return Ok(());
        }
        failure = String::from_utf8_lossy(&output.stderr).into_owned();
    }
    bail!("initdb failed:\n{failure}")
}

fn command(program: impl AsRef<std::ffi::OsStr>, folder: &Path, account: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    if let Some((user, group)) = account {
        command.uid(user).gid(group);
    }
    command
}

/// Whom to run the server as: it refuses to be root. Absent for anybody else, who runs it as themselves.
fn account(own_file: &Path) -> anyhow::Result<Option<(u32, u32)>> {
    if std::fs::metadata(own_file)?.uid() != 0 {
        return Ok(None);
    }
    let accounts = std::fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    let ids = |name: &str| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut ids = line.split(':').skip(2).map(str::parse);
        Some((ids.next()?.ok()?, ids.next()?.ok()?))
    };
    let account = ids("postgres").or_else(|| ids("nobody"));
    ensure!(account.is_some(), "root cannot run PostgreSQL, and there is neither a user postgres nor nobody");
    Ok(account)
}
