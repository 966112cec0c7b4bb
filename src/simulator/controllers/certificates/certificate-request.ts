import { TAGS, oid, readDer, sameBytes, textOfBytes } from './der.ts';
import type { Element } from './der.ts';

/** What a request for a certificate asks for. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly dnsNames: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly string[];
  /** Raw addresses. */
  readonly ipAddresses: readonly Uint8Array[];
  /** The subject, the public key and the list of other names as they stand there, in DER. */
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly alternativeNames: Uint8Array | undefined;
}

const BLOCK = /-----BEGIN ([^\n]*?)-----\s*([A-Za-z0-9+/=\s]*?)-----END \1-----/;
const COMMON_NAME = oid('2.5.4.3');
const ORGANIZATION = oid('2.5.4.10');
const EXTENSION_REQUEST = oid('1.2.840.113549.1.9.14');
const ALTERNATIVE_NAME = oid('2.5.29.17');

/**
 * Reads `spec.request`, base64 of PEM; undefined where it is no request. Its signature is not checked.
 * Source: pkg/apis/certificates/helpers.go `ParseCSR`, 1.36.2; RFC 2986.
 */
export function parseCertificateRequest(base64: string): CertificateRequest | undefined {
  const [, type, inner] = BLOCK.exec(binaryOf(base64)) ?? [];
  if (type !== 'CERTIFICATE REQUEST' || inner === undefined) return undefined;
  const [whole] = readDer(bytesOfBinary(binaryOf(inner.replaceAll(/\s/g, '')))) ?? [];
  const [info] = partsOf(whole);
  const [, subject, publicKey, attributes] = partsOf(info);
  if (subject === undefined || publicKey === undefined) return undefined;
  const names = partsOf(subject).flatMap((set) => partsOf(set));
  const valuesOf = (type: Uint8Array): readonly string[] =>
    names.flatMap((name) => {
      const [kind, value] = partsOf(name);
      return kind !== undefined && value !== undefined && sameBytes(kind.raw, type) ? [textOfBytes(value.body)] : [];
    });
  const alternativeNames = alternativeNamesOf(attributes);
  const others = alternativeNames === undefined ? [] : partsOf(readDer(alternativeNames)?.[0]);
  const texts = (tag: number): readonly string[] =>
    others.filter((other) => other.tag === tag).map(({ body }) => textOfBytes(body));
  return {
    commonName: valuesOf(COMMON_NAME)[0] ?? '',
    organizations: valuesOf(ORGANIZATION),
    emailAddresses: texts(0x81),
    dnsNames: texts(0x82),
    uris: texts(0x86),
    ipAddresses: others.filter(({ tag }) => tag === 0x87).map(({ body }) => body),
    subject: subject.raw,
    publicKey: publicKey.raw,
    alternativeNames,
  };
}

function partsOf(element: Element | undefined): readonly Element[] {
  return element === undefined ? [] : (readDer(element.body) ?? []);
}

/** The list of other names that the request asks for as an extension. */
function alternativeNamesOf(attributes: Element | undefined): Uint8Array | undefined {
  for (const attribute of partsOf(attributes)) {
    const [type, values] = partsOf(attribute);
    if (type === undefined || !sameBytes(type.raw, EXTENSION_REQUEST)) continue;
    for (const extension of partsOf(values).flatMap((list) => partsOf(list))) {
      const parts = partsOf(extension);
      const value = parts.at(-1);
      if (parts[0] !== undefined && sameBytes(parts[0].raw, ALTERNATIVE_NAME) && value?.tag === TAGS.octets)
        return value.body;
    }
  }
  return undefined;
}

/** The bytes of base64 text as letters; '' where it is none. */
function binaryOf(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

function bytesOfBinary(binary: string): Uint8Array {
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
