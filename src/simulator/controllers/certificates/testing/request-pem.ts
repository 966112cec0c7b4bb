import { TAGS, bytesOfText, der, oid } from '../der.ts';

export interface Wanted {
  readonly commonName?: string;
  readonly organizations?: readonly string[];
  readonly dnsNames?: readonly string[];
}

/** For tests: base64 of PEM of a request, as `openssl req` makes it; key and signature are made up. */
export function requestPem({ commonName = '', organizations = [], dnsNames = [] }: Wanted): string {
  const name = (type: string, value: string) =>
    der(TAGS.set, der(TAGS.sequence, oid(type), der(TAGS.utf8, bytesOfText(value))));
  const subject = der(
    TAGS.sequence,
    ...organizations.map((organization) => name('2.5.4.10', organization)),
    ...(commonName === '' ? [] : [name('2.5.4.3', commonName)]),
  );
  const curve = der(TAGS.sequence, oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7'));
  const key = der(
    TAGS.sequence,
    curve,
    der(
      TAGS.bits,
      [0, 4],
      Array.from({ length: 64 }, (_, index) => index),
    ),
  );
  const names = der(TAGS.sequence, ...dnsNames.map((dnsName) => der(0x82, bytesOfText(dnsName))));
  const extensions = der(TAGS.sequence, der(TAGS.sequence, oid('2.5.29.17'), der(TAGS.octets, names)));
  const attribute = der(TAGS.sequence, oid('1.2.840.113549.1.9.14'), der(TAGS.set, extensions));
  const attributes = der(0xa0, ...(dnsNames.length === 0 ? [] : [attribute]));
  const info = der(TAGS.sequence, der(TAGS.integer, [0]), subject, key, attributes);
  const whole = der(TAGS.sequence, info, der(TAGS.sequence, oid('1.2.840.10045.4.3.2')), der(TAGS.bits, [0, 1, 2, 3]));
  const base64 = btoa(String.fromCharCode(...whole));
  return btoa(`-----BEGIN CERTIFICATE REQUEST-----\n${base64}\n-----END CERTIFICATE REQUEST-----\n`);
}
