import { createPrivateKey, X509Certificate } from 'node:crypto';
import { selfSignedCertificate } from './certificate.ts';

describe('selfSignedCertificate', () => {
  const now = new Date('2026-11-24T06:00:00Z');
  const { certificate, key } = selfSignedCertificate(now);
  const parsed = new X509Certificate(certificate);

  it('is its own authority, as far as OpenSSL is concerned', () => {
    expect(parsed.ca).toBe(true);
    expect(parsed.checkIssued(parsed)).toBe(true);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  it('holds for 127.0.0.1 and localhost and for nothing else', () => {
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect(parsed.checkHost('example.com')).toBeUndefined();
    expect(parsed.checkIP('10.0.0.1')).toBeUndefined();
  });

  it('is valid from the day before for ten years', () => {
    expect(parsed.validFromDate).toEqual(new Date('2026-11-23T06:00:00Z'));
    expect(parsed.validToDate).toEqual(new Date('2036-11-21T06:00:00Z'));
  });

  it('differs from any other one', () => {
    const other = new X509Certificate(selfSignedCertificate(now).certificate);
    expect(other.serialNumber).not.toBe(parsed.serialNumber);
    expect(other.verify(parsed.publicKey)).toBe(false);
  });
});
