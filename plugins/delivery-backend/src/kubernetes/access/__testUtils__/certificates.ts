import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A certificate and its key, in PEM. */
export interface Certified {
  cert: string;
  key: string;
}

/** An authority that certifies who an API server and its clients are. */
export class CertificateAuthority {
  #serial = 1;
  /** Of all: what differs is who it is that has them, and a key takes long to make. */
  readonly #keys = newKeys();
  readonly cert = this.#issue('authority', [
    { name: 'basicConstraints', cA: true },
  ]);

  server(): Certified {
    return this.#certify('server', [
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ]);
  }

  client(name: string): Certified {
    return this.#certify(name, [{ name: 'extKeyUsage', clientAuth: true }]);
  }

  #certify(name: string, extensions: object[]): Certified {
    return { cert: this.#issue(name, extensions), key: this.#keys.privateKey };
  }

  #issue(name: string, extensions: object[]): string {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(this.#keys.publicKey);
    certificate.serialNumber = `0${this.#serial}`;
    this.#serial += 1;
    const day = 86_400_000;
    certificate.validity.notBefore = new Date(Date.now() - day);
    certificate.validity.notAfter = new Date(Date.now() + day);
    certificate.setSubject([{ name: 'commonName', value: name }]);
    certificate.setIssuer([{ name: 'commonName', value: 'authority' }]);
    certificate.setExtensions(extensions);
    certificate.sign(
      forge.pki.privateKeyFromPem(this.#keys.privateKey),
      forge.md.sha256.create(),
    );
    return forge.pki.certificateToPem(certificate);
  }
}

/** Forge alone would take seconds for a key. */
function newKeys() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}
