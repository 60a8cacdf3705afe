//! How a connection to a PostgreSQL server is kept from the eyes of others.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use postgres::config::SslMode;
use postgres::{Client, Config, NoTls};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::StoreError;

/// An address as it was read: how to connect, and what certificate to ask for.
#[derive(Clone)]
pub(crate) struct Address {
    pub(super) config: Config,
    check: Check,
}

/// What is asked of the server's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Check {
    /// Nothing: who listens learns nothing, but nobody knows who answers.
    Nothing,
    /// That an authority of this file, or one that the system trusts, vouches for it and for the server's name.
    Vouched(Option<PathBuf>),
}

impl Address {
    /// Reads an address. `sslmode` is `disable`, `prefer` (which holds when none is given), `require` or
    /// `verify-full`; `sslrootcert` names a file of authorities.
    pub(crate) fn read(address: &str) -> Result<Self, StoreError> {
        let is_address = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        let (plain, query) = address.split_once('?').unwrap_or((address, ""));
        let (mut rest, mut mode, mut file) = (Vec::new(), None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", word)) => mode = Some(word),
                Some(("sslrootcert", path)) => file = Some(PathBuf::from(path)),
                _ => rest.push(pair),
            }
        }
        let without = format!("{plain}?{}", rest.join("&"));
        let mut config: Config = match without.trim_end_matches('?').parse() {
            Ok(config) if is_address => config,
            _ => return Err(StoreError::NoAddress),
        };
        let wrong = |why: String| Err(StoreError::Encryption { why });
        let (ssl, check) = match mode {
            Some("disable") => (SslMode::Disable, Check::Nothing),
            None | Some("prefer") => (SslMode::Prefer, Check::Nothing),
            Some("require") => (SslMode::Require, Check::Nothing),
            Some("verify-full") => (SslMode::Require, Check::Vouched(file.take())),
            Some(word) => {
                return wrong(format!(
                    "sslmode={word} is not known; there are disable, prefer, require and verify-full"
                ));
            }
        };
        if file.is_some() {
            return wrong(
                "sslrootcert is of use with sslmode=verify-full only, for no other asks for a certificate that somebody vouches for".to_owned(),
            );
        }
        config.ssl_mode(ssl);
        Ok(Self { config, check })
    }

    pub(super) fn connect(&self, name: &Path) -> Result<Client, StoreError> {
        let connected = match self.config.get_ssl_mode() {
            SslMode::Disable => self.config.connect(NoTls),
            _ => self.config.connect(MakeRustlsConnect::new(self.client()?)),
        };
        connected.map_err(|error| refused(name, error))
    }

    fn client(&self) -> Result<ClientConfig, StoreError> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| StoreError::Encryption {
                why: error.to_string(),
            })?;
        let config = match &self.check {
            Check::Nothing => builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(Anybody(provider))),
            Check::Vouched(file) => builder.with_root_certificates(roots(file.as_deref())?),
        };
        Ok(config.with_no_client_auth())
    }
}

/// The authorities of a file, or those that the system trusts.
fn roots(file: Option<&Path>) -> Result<RootCertStore, StoreError> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return Ok(roots);
    };
    let pem = std::fs::read(file).map_err(StoreError::io("read", file))?;
    let found: Result<Vec<CertificateDer<'_>>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    roots.add_parsable_certificates(found.unwrap_or_default());
    match roots.is_empty() {
        false => Ok(roots),
        true => Err(StoreError::Encryption {
            why: format!(
                "{} holds no certificate; sslrootcert names a file in PEM form, which begins with -----BEGIN CERTIFICATE-----",
                file.display()
            ),
        }),
    }
}

/// Why there is no connection; what has to do with encryption in our words.
fn refused(name: &Path, error: postgres::Error) -> StoreError {
    let inner = error
        .source()
        .and_then(|source| source.downcast_ref::<std::io::Error>());
    let tls = inner.and_then(|source| source.get_ref()?.downcast_ref::<rustls::Error>());
    let why = match tls {
        Some(rustls::Error::InvalidCertificate(fault)) => format!(
            "the certificate of the server {} does not do: {fault}; name the file of the authority that vouches for it with sslrootcert, and reach the server by the name that stands in it",
            name.display()
        ),
        Some(other) => format!(
            "the server {} and we found no common encryption: {other}",
            name.display()
        ),
        // The library has no other mark for this.
        None if error
            .source()
            .is_some_and(|it| it.to_string() == "server does not support TLS") =>
        {
            format!(
                "the server {} offers no encryption, and the address asks for it; switch \"ssl\" on in its settings, or write sslmode=disable where nobody else is on the line",
                name.display()
            )
        }
        None => return StoreError::server("open", name, error),
    };
    StoreError::Encryption { why }
}

/// Takes any certificate, as `sslmode=require` means everywhere.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            certificate,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            certificate,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_how_the_line_is_kept() {
        let read = |query: &str| Address::read(&format!("postgres://a@h/d{query}"));
        for (query, mode, check) in [
            ("", SslMode::Prefer, Check::Nothing),
            ("?sslmode=disable", SslMode::Disable, Check::Nothing),
            (
                "?connect_timeout=3&sslmode=require",
                SslMode::Require,
                Check::Nothing,
            ),
            ("?sslmode=verify-full", SslMode::Require, Check::Vouched(None)),
            (
                "?sslrootcert=/etc/ca.pem&sslmode=verify-full",
                SslMode::Require,
                Check::Vouched(Some("/etc/ca.pem".into())),
            ),
        ] {
            let address = read(query).unwrap_or_else(|error| panic!("{query}: {error}"));
            assert_eq!(
                (address.config.get_ssl_mode(), &address.check),
                (mode, &check),
                "{query}"
            );
        }
        for (query, why) in [
            ("?sslmode=verify-ca", "sslmode=verify-ca is not known"),
            (
                "?sslmode=require&sslrootcert=/etc/ca.pem",
                "sslrootcert is of use with",
            ),
        ] {
            let told = read(query)
                .err()
                .map(|error| error.to_string())
                .unwrap_or_default();
            assert!(told.contains(why), "{query}: {told}");
        }
        assert!(matches!(read("?port=x"), Err(StoreError::NoAddress)));
    }
}
