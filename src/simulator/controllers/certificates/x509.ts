import { formatTime, momentOfMs } from '../../../apimachinery/time.ts';
import { TAGS, bytesOfText, der, oid } from './der.ts';

/** What a certificate says, in DER where it is bytes. Source: RFC 5280 §4.1. */
interface Certificate {
  /** AlgorithmIdentifier of the signature. */
  readonly algorithm: Uint8Array;
  /** Positive, and without a leading zero. */
  readonly serial: Uint8Array | readonly number[];
  readonly issuer: Uint8Array;
  /** Milliseconds since 1970. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly subject: Uint8Array;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Uint8Array[];
}

/** A certificate in PEM; `sign` gives the signature of what stands above it. */
export function pemCertificate(certificate: Certificate, sign: (toSign: Uint8Array) => Uint8Array): string {
  const { algorithm, serial, issuer, notBeforeMs, notAfterMs, subject, publicKey, extensions } = certificate;
  const toSign = der(
    TAGS.sequence,
    der(0xa0, der(TAGS.integer, [2])),
    der(TAGS.integer, serial),
    algorithm,
    issuer,
    der(TAGS.sequence, time(notBeforeMs), time(notAfterMs)),
    subject,
    publicKey,
    der(0xa3, der(TAGS.sequence, ...extensions)),
  );
  return pemOf(der(TAGS.sequence, toSign, algorithm, der(TAGS.bits, [0], sign(toSign))));
}

/** A name that is a common name alone. `tag`: the kind of its string. */
export function commonName(text: string, tag: number): Uint8Array {
  return der(TAGS.sequence, der(TAGS.set, der(TAGS.sequence, oid('2.5.4.3'), der(tag, bytesOfText(text)))));
}

export function extension(id: string, isCritical: boolean, value: Uint8Array): Uint8Array {
  return der(TAGS.sequence, oid(id), isCritical ? der(TAGS.boolean, [0xff]) : [], der(TAGS.octets, value));
}

/** Years before 2050 have two digits. Whole seconds. */
function time(epochMs: number): Uint8Array {
  const digits = formatTime(momentOfMs(epochMs)).replaceAll(/[-:T]/g, '');
  return digits < '2050'
    ? der(TAGS.utcTime, bytesOfText(digits.slice(2)))
    : der(TAGS.generalizedTime, bytesOfText(digits));
}

function pemOf(bytes: Uint8Array): string {
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
}
