"""A certificate of our own for signing pictures while the operator has none: valid, and vouched for by nobody."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME = "c2pa-development.pem"
_YEARS = 5


def development_certificate(folder: Path) -> Path | None:
    """The PEM file of chain and key in this folder, made when it is not there; None without `cryptography`."""
    target = folder / NAME
    if target.is_file():
        return target
    try:
        made = _made(datetime.now(UTC))
    except ImportError:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    target.write_bytes(made)
    return target


def _made(now: datetime) -> bytes:
    """A root and a leaf with the marks that C2PA asks of a signer (e-mail protection, digital signature)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def named(who: str) -> x509.Name:
        organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Iroyin development")
        return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, who)])

    def begun(who: str, key: ec.EllipticCurvePrivateKey, issuer: str) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(named(who))
            .issuer_name(named(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365 * _YEARS))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )

    def usage(*, signs: bool) -> x509.KeyUsage:
        return x509.KeyUsage(
            digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        )  # fmt: skip

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    root = begun("Root", root_key, "Root").add_extension(x509.BasicConstraints(True, 0), critical=True)
    leaf = begun("Signer", key, "Root").add_extension(x509.BasicConstraints(False, None), critical=True)
    protects = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    certificates = (
        leaf.add_extension(usage(signs=False), critical=True)
        .add_extension(protects, critical=False)
        .add_extension(authority, critical=False)
        .sign(root_key, hashes.SHA256()),
        root.add_extension(usage(signs=True), critical=True).sign(root_key, hashes.SHA256()),
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return b"".join([*(certificate.public_bytes(pem) for certificate in certificates), private])
