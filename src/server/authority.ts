import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { formatTime, momentOfMs } from '../apimachinery/time.ts';
import { TAGS, bytesOfText, der, oid } from '../simulator/controllers/certificates/der.ts';

/** What a server shows, and what its clients trust; all in PEM. */
export interface ServerCertificate {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** For a run that somebody keeps open; its key is held in memory and goes with it. */
const LIFE_MS = 30 * DAY_MS;
const ECDSA_WITH_SHA256 = der(TAGS.sequence, oid('1.2.840.10045.4.3.2'));
/** `keyCertSign` and `cRLSign`; `digitalSignature`. Source: RFC 5280 §4.2.1.3. */
const SIGNS_CERTIFICATES = [1, 0x06];
const SIGNS = [7, 0x80];

/**
 * A certificate authority made for one run, and a certificate of it for this machine's loopback. The authority's key is
 * thrown away: it signs nothing else. Node makes keys and signatures but no certificates, so the certificates (RFC 5280)
 * are put together here from the DER that the simulated signer writes too.
 */
export function certificateForLoopback(nowMs: number): ServerCertificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = nameOf('drydock-ca');
  const lasts = { fromMs: nowMs - HOUR_MS, untilMs: nowMs + LIFE_MS };
  const root = certificate({
    ...lasts,
    subject: issuer,
    issuer,
    key: authority.publicKey,
    signer: authority.privateKey,
    extensions: [
      extension('2.5.29.15', true, der(TAGS.bits, SIGNS_CERTIFICATES)),
      extension('2.5.29.19', true, der(TAGS.sequence, der(TAGS.boolean, [0xff]))),
    ],
  });
  const leaf = certificate({
    ...lasts,
    subject: nameOf('kube-apiserver'),
    issuer,
    key: server.publicKey,
    signer: authority.privateKey,
    extensions: [
      extension('2.5.29.15', true, der(TAGS.bits, SIGNS)),
      extension('2.5.29.37', false, der(TAGS.sequence, oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.19', true, der(TAGS.sequence)),
      extension('2.5.29.17', false, der(TAGS.sequence, der(0x82, bytesOfText('localhost')), der(0x87, [127, 0, 0, 1]))),
    ],
  });
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { authority: pemOf(root), certificate: pemOf(leaf), key };
}

interface Wanted {
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly key: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

function certificate({ subject, issuer, fromMs, untilMs, key, signer, extensions }: Wanted): Uint8Array {
  const serial = randomBytes(16);
  const toSign = der(
    TAGS.sequence,
    der(0xa0, der(TAGS.integer, [2])),
    // Positive, and without a leading zero.
    der(TAGS.integer, [(serial[0]! & 0x3f) | 0x40], serial.subarray(1)),
    ECDSA_WITH_SHA256,
    issuer,
    der(TAGS.sequence, utcTime(fromMs), utcTime(untilMs)),
    subject,
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(TAGS.sequence, ...extensions)),
  );
  return der(TAGS.sequence, toSign, ECDSA_WITH_SHA256, der(TAGS.bits, [0], sign('sha256', toSign, signer)));
}

function nameOf(commonName: string): Uint8Array {
  const part = der(TAGS.sequence, oid('2.5.4.3'), der(TAGS.utf8, bytesOfText(commonName)));
  return der(TAGS.sequence, der(TAGS.set, part));
}

function extension(id: string, isCritical: boolean, value: Uint8Array): Uint8Array {
  return der(TAGS.sequence, oid(id), isCritical ? der(TAGS.boolean, [0xff]) : [], der(TAGS.octets, value));
}

/** Two digits of the year: before 2050. */
function utcTime(epochMs: number): Uint8Array {
  const digits = formatTime(momentOfMs(Math.floor(epochMs / 1000) * 1000)).replaceAll(/[-:T]/g, '');
  return der(TAGS.utcTime, bytesOfText(digits.slice(2)));
}

function pemOf(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .replaceAll(/(.{64})(?=.)/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
