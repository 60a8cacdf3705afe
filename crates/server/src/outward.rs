//! The only way out of this server: a message to an address that somebody set, to a public address only, along no
//! redirect, and without reading what comes back beyond its status.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, Uri, header};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long one message may take, from finding the address to the status.
///
/// 10 s: a receiver that works answers in one. Raise it and slow receivers hold more connections.
const SEND_WAIT_MAX: Duration = Duration::from_secs(10);

/// An address that a message may go to, as far as its text can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    host: String,
    port: u16,
    tls: bool,
    /// Path and query.
    rest: String,
    /// The administrator lets messages go to this host, wherever it lies.
    allowed: bool,
}

impl Target {
    /// Reads an address. `allowed`: hosts, with or without a port, that an administrator lets through.
    pub(crate) fn read(url: &str, allowed: &[String]) -> Result<Self, String> {
        let uri: Uri = url
            .parse()
            .map_err(|_| "this is no address of the web".to_owned())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("the address must begin with https:// and a host".to_owned());
        };
        if authority.as_str().contains('@') {
            return Err("the address must hold no name and no password".to_owned());
        }
        let tls = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err("the address must begin with https://".to_owned()),
        };
        let host = authority
            .host()
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_ascii_lowercase();
        let port = authority.port_u16().unwrap_or(if tls { 443 } else { 80 });
        let has_port = authority.as_str().len() > authority.host().len();
        let named = host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte));
        if has_port && authority.port_u16().is_none() || host.is_empty() || !named {
            return Err("the address has no right host or port".to_owned());
        }
        let with_port = format!("{host}:{port}");
        let allowed = allowed.iter().any(|it| *it == host || *it == with_port);
        if !tls && !allowed {
            return Err("the address must begin with https://".to_owned());
        }
        if let (Ok(ip), false) = (host.parse::<IpAddr>(), allowed)
            && !is_public(ip)
        {
            return Err("the address is not a public one".to_owned());
        }
        let rest = uri.path_and_query().map_or("/", |it| it.as_str()).to_owned();
        Ok(Self {
            host,
            port,
            tls,
            rest,
            allowed,
        })
    }

    /// Finds the addresses of the host, and refuses all when one of them is not public. What is vetted here is what
    /// is connected to: the name is not asked for again.
    async fn addresses(&self) -> Result<Vec<SocketAddr>, String> {
        let found = tokio::net::lookup_host((self.host.as_str(), self.port)).await;
        let found: Vec<SocketAddr> = found
            .map_err(|error| format!("the host is not known: {error}"))?
            .collect();
        if found.is_empty() {
            return Err("the host has no address".to_owned());
        }
        if !self.allowed && !found.iter().all(|it| is_public(it.ip())) {
            return Err("the host's address is not a public one".to_owned());
        }
        Ok(found)
    }
}

/// Whether an address belongs to the open internet: not to this machine, its network, or anybody's inner one.
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_4(ip),
        IpAddr::V6(ip) => is_public_6(ip),
    }
}

/// IANA's registry of special addresses, without those that are reachable from everywhere.
fn is_public_4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, ..)
    );
    !special
}

fn is_public_6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // Only what is given out to the world; of that neither tunnels, which hold another address, nor examples.
    let global = (0x2000..0x4000).contains(&a);
    let special = a == 0x2002 || (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || (a == 0x3fff && b < 0x1000);
    global && !special
}

/// Sends a message; gives the status.
pub(crate) async fn send(
    target: &Target,
    headers: &[(HeaderName, String)],
    body: String,
) -> Result<u16, String> {
    let sent = tokio::time::timeout(SEND_WAIT_MAX, send_now(target, headers, body)).await;
    sent.unwrap_or_else(|_late| Err("no answer came in time".to_owned()))
}

async fn send_now(target: &Target, headers: &[(HeaderName, String)], body: String) -> Result<u16, String> {
    let addresses = target.addresses().await?;
    let stream = TcpStream::connect(addresses.as_slice())
        .await
        .map_err(|error| format!("could not connect: {error}"))?;
    if target.tls {
        let name =
            ServerName::try_from(target.host.clone()).map_err(|_| "the host has no right name".to_owned())?;
        let connector = TlsConnector::from(tls()?);
        let stream = connector
            .connect(name, stream)
            .await
            .map_err(|error| format!("could not speak TLS: {error}"))?;
        exchange(target, headers, body, stream).await
    } else {
        exchange(target, headers, body, stream).await
    }
}

async fn exchange(
    target: &Target,
    headers: &[(HeaderName, String)],
    body: String,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<u16, String> {
    let wrong = |error: hyper::Error| format!("the receiver broke off: {error}");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(wrong)?;
    let driving = tokio::spawn(connection);
    let host = match target.host.contains(':') {
        true => format!("[{}]:{}", target.host, target.port),
        false => format!("{}:{}", target.host, target.port),
    };
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = target
        .rest
        .parse()
        .map_err(|_| "the path does not read".to_owned())?;
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            request.headers_mut().insert(name, value);
        }
    };
    put(header::HOST, &host);
    put(
        header::USER_AGENT,
        concat!("truceline/", env!("CARGO_PKG_VERSION")),
    );
    put(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        put(name.clone(), value);
    }
    let answer = sender.send_request(request).await.map_err(wrong);
    driving.abort();
    Ok(answer?.status().as_u16())
}

/// The authorities that the system trusts, read once.
fn tls() -> Result<Arc<ClientConfig>, String> {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(Arc::clone(config));
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err("this machine has no list of certificate authorities".to_owned());
    }
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::clone(CONFIG.get_or_init(|| Arc::new(config))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_open_internet_are_public() {
        let inner = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for ip in inner {
            assert!(!is_public(ip.parse().expect(ip)), "{ip}");
        }
        for ip in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "2606:4700::1111",
            "2a00:1450::1",
        ] {
            assert!(is_public(ip.parse().expect(ip)), "{ip}");
        }
    }

    #[test]
    fn an_address_is_refused_by_its_text_where_that_is_enough() {
        for url in [
            "",
            "hook",
            "/hook",
            "http://example.org/",
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://127.0.0.1:25/_x",
            "https://",
            "https:///x",
            "https://a@example.org/",
            "https://a:b@example.org/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://169.254.169.254/latest",
            "https://example.org:99999/",
            "https://example.org:x/",
            "https://exa mple.org/",
            "https://example.org/\r\nX: y",
            "javascript:alert(1)",
            "https://[fe80::1%25eth0]/",
        ] {
            assert!(Target::read(url, &[]).is_err(), "{url}");
        }
        assert!(Target::read("https://example.org/a?b=c", &[]).is_ok());
        let allowed = ["intranet.example".to_owned(), "10.0.0.5:8080".to_owned()];
        assert!(Target::read("http://intranet.example/", &allowed).is_ok());
        assert!(Target::read("http://INTRANET.example:99/", &allowed).is_ok());
        assert!(Target::read("http://10.0.0.5:8080/", &allowed).is_ok());
        assert!(Target::read("http://10.0.0.5/", &allowed).is_err());
        assert!(Target::read("http://intranet.example.evil/", &allowed).is_err());
    }

    #[test]
    fn a_name_of_an_inner_address_is_refused_when_it_is_looked_up() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        // Forms that the system reads as numbers, and a name that stands for this machine.
        for host in ["localhost", "0x7f.1", "0177.0.0.1", "2130706433", "127.1", "0"] {
            let target = Target::read(&format!("https://{host}:9/"), &[]);
            let refused = target.and_then(|target| {
                runtime
                    .block_on(send(&target, &[], String::new()))
                    .map(|_| target)
            });
            assert!(refused.is_err(), "{host}");
            assert!(!refused.unwrap_err().contains("connect"), "{host}");
        }
    }
}
