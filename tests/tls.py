"""A certificate authority of the tests' own, which the program trusts for as long as a test lasts."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests.adapters
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "localhost"


def certificate(folder: Path) -> Path:
    """A file with a key and a certificate for this computer, signed by the authority beside it."""
    key, authority = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    issuer = _name("Tests")
    root = _built(issuer, issuer, authority.public_key(), authority, is_authority=True)
    leaf = _built(_name(HOST), issuer, key.public_key(), authority, is_authority=False)
    _authority(folder).write_bytes(root.public_bytes(serialization.Encoding.PEM))
    made = folder / "server.pem"
    plain = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    made.write_bytes(plain + leaf.public_bytes(serialization.Encoding.PEM))
    return made


def trust(folder: Path, monkeypatch) -> None:
    """Let every connection of this process trust the authority, as it does those of the world."""
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(_authority(folder)))


def _authority(folder: Path) -> Path:
    return folder / "authority.pem"


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _built(subject, issuer, public_key, signer, *, is_authority: bool) -> x509.Certificate:
    now = datetime.now(UTC)
    names = [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
