import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files.ts';
import * as der from './der.ts';

const DAY_MS = 86_400_000;
const TEN_YEARS_MS = 3650 * DAY_MS;

/** Files of the certificate that the API server shows; clients trust it as it is. */
export interface CertificateFiles {
  certificate: string;
  key: string;
  /** Key that signs the tokens of service accounts. */
  serviceAccountKey: string;
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join(
    '\n',
  )}\n-----END ${label}-----\n`;
}

function extension(oid: string, critical: boolean, value: Buffer): Buffer {
  return der.sequence(
    der.identifier(oid),
    ...(critical ? [der.truth()] : []),
    der.octets(value),
  );
}

/**
 * A self-signed certificate for 127.0.0.1 and localhost (RFC 5280), valid for ten years.
 *
 * Made here and not by the API server, because kubeconfigs are handed out before the API server is built; made
 * without a library, because that is also before the npm packages are installed.
 */
export function selfSignedCertificate(now: Date): {
  certificate: string;
  key: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const name = der.sequence(
    der.set(
      der.sequence(der.identifier('2.5.4.3'), der.text('golden path, local')),
    ),
  );
  const ecdsaWithSha256 = der.sequence(der.identifier('1.2.840.10045.4.3.2'));
  const alternativeNames = der.sequence(
    der.tagged(0x82, Buffer.from('localhost')),
    der.tagged(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const extensions = der.sequence(
    extension('2.5.29.19', true, der.sequence(der.truth())),
    // digitalSignature and keyCertSign: it is its own authority.
    extension('2.5.29.15', true, der.tagged(0x03, Buffer.from([2, 0x84]))),
    extension(
      '2.5.29.37',
      false,
      der.sequence(der.identifier('1.3.6.1.5.5.7.3.1')),
    ),
    extension('2.5.29.17', false, alternativeNames),
  );
  const body = der.sequence(
    der.tagged(0xa0, der.integer(Buffer.from([2]))),
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    der.sequence(
      der.time(new Date(now.getTime() - DAY_MS)),
      der.time(new Date(now.getTime() + TEN_YEARS_MS)),
    ),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(0xa3, extensions),
  );
  const signature = sign('sha256', body, privateKey);
  return {
    certificate: pem(
      'CERTIFICATE',
      der.sequence(body, ecdsaWithSha256, der.bits(signature)),
    ),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Makes the certificate and the keys of a platform, once. */
export function ensureCertificates(folder: string): CertificateFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    certificate: join(folder, 'server.crt'),
    key: join(folder, 'server.key'),
    serviceAccountKey: join(folder, 'service-account.key'),
  };
  if (!existsSync(files.key)) {
    const { certificate, key } = selfSignedCertificate(new Date());
    writeWhole(files.certificate, certificate);
    writeWhole(files.key, key, 0o600);
  }
  if (!existsSync(files.serviceAccountKey)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeWhole(
      files.serviceAccountKey,
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      0o600,
    );
  }
  return files;
}
