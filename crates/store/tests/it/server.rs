//! A PostgreSQL server of our own for the length of a test: on this machine only, in a folder that goes away, run by
//! somebody who is not root.

use std::cell::Cell;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use postgres::{Client, NoTls};
use store::Place;
use tempfile::TempDir;

pub(crate) struct Server {
    programs: PathBuf,
    dir: TempDir,
    who: Option<(u32, u32)>,
    port: u16,
    databases: Cell<usize>,
}

impl Server {
    /// Starts one, or says why there is none.
    pub(crate) fn start() -> Result<Self, String> {
        let programs = programs().ok_or("PostgreSQL is not installed here")?;
        let dir = tempfile::Builder::new()
            .prefix("truceline-pg-")
            .tempdir_in("/tmp")
            .unwrap();
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0);
        let who = match is_root {
            true => {
                Some(postgres_user().ok_or("PostgreSQL does not run as root, and there is no user for it")?)
            }
            false => None,
        };
        if let Some((user, group)) = who {
            std::os::unix::fs::chown(dir.path(), Some(user), Some(group)).unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let server = Self {
            programs,
            dir,
            who,
            port,
            databases: Cell::new(0),
        };
        let data = server.dir.path().join("data");
        let data = data.to_str().unwrap();
        server.run(
            "initdb",
            &[
                "-D",
                data,
                "-U",
                "truceline",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
        )?;
        let log = server.dir.path().join("log");
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=off",
            server.dir.path().display()
        );
        server.run(
            "pg_ctl",
            &[
                "-D",
                data,
                "-w",
                "-l",
                log.to_str().unwrap(),
                "-o",
                &options,
                "start",
            ],
        )?;
        Ok(server)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let mut command = Command::new(self.programs.join(program));
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some((user, group)) = self.who {
            command.uid(user).gid(group);
        }
        let status = command.status().map_err(|error| format!("{program}: {error}"))?;
        status
            .success()
            .then_some(())
            .ok_or_else(|| format!("{program} ended with {status}"))
    }

    /// A new database.
    pub(crate) fn database(&self) -> Place {
        self.databases.set(self.databases.get() + 1);
        let name = format!("t{}", self.databases.get());
        let mut client = self.client(&self.place("postgres"));
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        self.place(&name)
    }

    /// Lets it encrypt from now on, with a certificate of its own for the name `localhost`; gives the file of it.
    pub(crate) fn encrypt(&self) -> PathBuf {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let (certificate, key) = (self.dir.path().join("tls.pem"), self.dir.path().join("tls.key"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
        if let Some((user, group)) = self.who {
            std::os::unix::fs::chown(&key, Some(user), Some(group)).unwrap();
        }
        let mut client = self.client(&self.place("postgres"));
        for (name, value) in [
            ("ssl_cert_file", certificate.display().to_string()),
            ("ssl_key_file", key.display().to_string()),
            ("ssl", "on".to_owned()),
        ] {
            client
                .batch_execute(&format!("ALTER SYSTEM SET {name} = '{value}'"))
                .unwrap();
        }
        client.batch_execute("SELECT pg_reload_conf()").unwrap();
        // The server reads them when it gets round to it; who connects from then on has the new ones.
        let is_on = || -> String {
            self.client(&self.place("postgres"))
                .query_one("SHOW ssl", &[])
                .unwrap()
                .get(0)
        };
        while is_on() != "on" {
            std::thread::yield_now();
        }
        certificate
    }

    /// The address of a database of it, by this name of the machine and with this query.
    pub(crate) fn address(
        &self,
        database: &Place,
        host: &str,
        query: &str,
    ) -> Result<Place, store::StoreError> {
        let plain = database.to_string();
        let plain = plain.replace("127.0.0.1", host);
        format!("{plain}?{query}").parse()
    }

    fn place(&self, name: &str) -> Place {
        format!("postgres://truceline@127.0.0.1:{}/{name}", self.port)
            .parse()
            .unwrap()
    }

    pub(crate) fn client(&self, place: &Place) -> Client {
        client(place)
    }
}

fn client(place: &Place) -> Client {
    Client::connect(&place.to_string(), NoTls).unwrap()
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.dir.path().join("data");
        // Its own, by the number that it wrote into its folder.
        let _ = self.run(
            "pg_ctl",
            &["-D", data.to_str().unwrap(), "-m", "immediate", "stop"],
        );
    }
}

/// The folder of the server's programs.
fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut folders: Vec<PathBuf> = debian.flatten().map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders.extend(["/usr/local/bin", "/usr/bin"].map(PathBuf::from));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

fn postgres_user() -> Option<(u32, u32)> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.starts_with("postgres:"))?;
    let mut parts = line.split(':').skip(2);
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Writes another version over that of a layout, after a command.
pub(crate) fn set_layout(place: &Place, part: &str, version: i64, command: &str) {
    match place {
        Place::File(path) => {
            let connection = rusqlite::Connection::open(Path::new(path)).unwrap();
            connection.execute_batch(command).unwrap();
            connection.pragma_update(None, "user_version", version).unwrap();
        }
        Place::Server(_) => {
            let mut client = client(place);
            client
                .batch_execute(&format!("SET search_path = truceline; {command}"))
                .unwrap();
            let layout = "UPDATE truceline.layout SET version = $1 WHERE part = $2";
            client.execute(layout, &[&version, &part]).unwrap();
        }
    }
}
