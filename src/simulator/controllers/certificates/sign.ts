import { sha256 } from '../../../base/sha256.ts';
import type { CertificateRequest } from './certificate-request.ts';
import { TAGS, der, oid } from './der.ts';
import { commonName, extension, pemCertificate } from './x509.ts';

const MINUTE_MS = 60_000;
/** Source: pkg/controller/certificates/signer/signer.go `sign`, `duration`, 1.36.2. */
const BACKDATE_MS = 5 * MINUTE_MS;
const SHORT_MS = 8 * 60 * MINUTE_MS;
const LEAST_MS = 10 * MINUTE_MS;
/** Bytes of a signature of RSA with 2048 bits. */
const SIGNATURE_LENGTH = 256;

/** Bits of the extension keyUsage. Source: pkg/controller/certificates/authority/policies.go `keyUsageDict`, 1.36.2. */
const KEY_USAGES: Readonly<Record<string, number>> = {
  signing: 0,
  'digital signature': 0,
  'content commitment': 1,
  'key encipherment': 2,
  'data encipherment': 3,
  'key agreement': 4,
  'cert sign': 5,
  'crl sign': 6,
  'encipher only': 7,
  'decipher only': 8,
};

/** In the order in which Go writes them. Source: policies.go `extKeyUsageDict`; Go's crypto/x509. */
const EXTENDED: Readonly<Record<string, string>> = {
  any: '2.5.29.37.0',
  'server auth': '1.3.6.1.5.5.7.3.1',
  'client auth': '1.3.6.1.5.5.7.3.2',
  'code signing': '1.3.6.1.5.5.7.3.3',
  'email protection': '1.3.6.1.5.5.7.3.4',
  's/mime': '1.3.6.1.5.5.7.3.4',
  'ipsec end system': '1.3.6.1.5.5.7.3.5',
  'ipsec tunnel': '1.3.6.1.5.5.7.3.6',
  'ipsec user': '1.3.6.1.5.5.7.3.7',
  timestamping: '1.3.6.1.5.5.7.3.8',
  'ocsp signing': '1.3.6.1.5.5.7.3.9',
  'microsoft sgc': '1.3.6.1.4.1.311.10.3.3',
  'netscape sgc': '2.16.840.1.113730.4.1',
};

export interface Signing {
  readonly usages: readonly string[];
  /** How long it shall last; as long as the signer gives where left out. */
  readonly expirationSeconds: number | undefined;
  readonly ttlMs: number;
  /** Sixteen bytes. */
  readonly serial: readonly number[];
  /** Now, `2026-01-01T00:00:00Z` as milliseconds since 1970. */
  readonly epochMs: number;
}

/** Usages that no certificate can have. */
export function unknownUsages(usages: readonly string[]): readonly string[] {
  return usages.filter((usage) => !Object.hasOwn(KEY_USAGES, usage) && !Object.hasOwn(EXTENDED, usage));
}

/**
 * A certificate in PEM. All of it is as the signer of a cluster would write it, but its last bytes: nobody holds a private
 * key here, so that the signature is a digest of what it stands under, and no client would trust it.
 * Source: pkg/controller/certificates/authority, 1.36.2; RFC 5280.
 */
export function signedCertificate(request: CertificateRequest, signing: Signing): string {
  const { usages, serial, epochMs } = signing;
  const ttlMs = durationMs(signing);
  const notBefore = epochMs - BACKDATE_MS;
  const notAfter = epochMs + (ttlMs < SHORT_MS ? ttlMs : ttlMs - BACKDATE_MS);
  const algorithm = der(TAGS.sequence, oid('1.2.840.113549.1.1.11'), [0x05, 0x00]);
  const keyUsage = keyUsageBits(usages);
  const extended = Object.keys(EXTENDED).filter((usage) => usages.includes(usage));
  const extensions = [
    ...(keyUsage.length === 0 ? [] : [extension('2.5.29.15', true, der(TAGS.bits, keyUsage))]),
    ...(extended.length === 0
      ? []
      : [
          extension(
            '2.5.29.37',
            false,
            der(TAGS.sequence, ...[...new Set(extended.map((usage) => EXTENDED[usage]!))].map(oid)),
          ),
        ]),
    extension('2.5.29.19', true, der(TAGS.sequence)),
    extension('2.5.29.35', false, der(TAGS.sequence, der(0x80, sha256('kubernetes').subarray(0, 20)))),
    ...(request.alternativeNames === undefined ? [] : [extension('2.5.29.17', false, request.alternativeNames)]),
  ];
  return pemCertificate(
    {
      algorithm,
      serial: [serial[0]! & 0x7f, ...serial.slice(1)],
      issuer: commonName('kubernetes', TAGS.printable),
      notBeforeMs: notBefore,
      notAfterMs: notAfter,
      subject: request.subject,
      publicKey: request.publicKey,
      extensions,
    },
    digestOf,
  );
}

/** Source: signer.go `duration`. */
export function durationMs({ expirationSeconds, ttlMs }: Pick<Signing, 'expirationSeconds' | 'ttlMs'>): number {
  if (expirationSeconds === undefined) return ttlMs;
  return Math.min(ttlMs, Math.max(LEAST_MS, expirationSeconds * 1000));
}

function keyUsageBits(usages: readonly string[]): readonly number[] {
  const bits = usages.flatMap((usage) => KEY_USAGES[usage] ?? []);
  if (bits.length === 0) return [];
  const bytes = [0, 0];
  for (const bit of bits) bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  const last = Math.max(...bits);
  const used = bytes.slice(0, (last >> 3) + 1);
  return [7 - (last & 7), ...used];
}

function digestOf(bytes: Uint8Array): Uint8Array {
  const text = Array.from(bytes, (byte) => byte.toString(16)).join(' ');
  const signature = new Uint8Array(SIGNATURE_LENGTH);
  for (let at = 0; at < SIGNATURE_LENGTH; at += 32) signature.set(sha256(`${at} ${text}`), at);
  return signature;
}
