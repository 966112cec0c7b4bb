import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { TAGS, bytesOfText, der, oid } from '../simulator/controllers/certificates/der.ts';
import { commonName, extension, pemCertificate } from '../simulator/controllers/certificates/x509.ts';

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
 * are put together as the simulated signer puts its own together.
 */
export function certificateForLoopback(nowMs: number): ServerCertificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = commonName('drydock-ca', TAGS.utf8);
  const nowS = Math.floor(nowMs / 1000) * 1000;
  const lasts = { notBeforeMs: nowS - HOUR_MS, notAfterMs: nowS + LIFE_MS };
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
    subject: commonName('kube-apiserver', TAGS.utf8),
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
  return { authority: root, certificate: leaf, key };
}

interface Wanted {
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly key: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

function certificate({ key, signer, ...said }: Wanted): string {
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  const publicKey = key.export({ type: 'spki', format: 'der' });
  return pemCertificate({ ...said, algorithm: ECDSA_WITH_SHA256, serial, publicKey }, (toSign) =>
    sign('sha256', toSign, signer),
  );
}
