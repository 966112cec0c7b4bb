import type { KubernetesObject } from '../../apimachinery/object.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt, objectAt } from '../../base/json.ts';
import { someSchema } from './json-schema.ts';

/** Formats of text, without their dashes. */
const OF_TEXT: ReadonlySet<string> = new Set([
  'bsonobjectid',
  'uri',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'cidr',
  'mac',
  'uuid',
  'uuid3',
  'uuid4',
  'uuid5',
  'isbn',
  'isbn10',
  'isbn13',
  'creditcard',
  'ssn',
  'hexcolor',
  'rgbcolor',
  'byte',
  'password',
  'date',
  'duration',
  'datetime',
  'k8sshortname',
  'k8slongname',
]);

/**
 * Formats that the server does not check, told once each; on an update those that are new.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition/strategy.go and
 * pkg/apiserver/validation/formats.go, 1.36.
 */
export function formatWarnings(object: KubernetesObject, old?: KubernetesObject): readonly string[] {
  const before = old === undefined ? new Set<string>() : unknownFormats(old);
  return [...unknownFormats(object)]
    .filter((format) => !before.has(format))
    .map((format) => `unrecognized format ${quoteString(format)}`);
}

function unknownFormats(object: KubernetesObject): ReadonlySet<string> {
  const found = new Set<string>();
  for (const version of arrayAt(object, 'spec', 'versions')) {
    someSchema(objectAt(version, 'schema', 'openAPIV3Schema'), (schema) => {
      const format = nameAt(schema, 'format');
      if (format !== undefined && !isKnown(schema, format)) found.add(format);
      return false;
    });
  }
  return found;
}

function isKnown(schema: JsonObject, format: string): boolean {
  switch (nameAt(schema, 'type') ?? 'string') {
    case 'string':
      return OF_TEXT.has(format.replaceAll('-', ''));
    case 'integer':
      return format === 'int32' || format === 'int64';
    case 'number':
      return format === 'float' || format === 'double';
    default:
      return false;
  }
}
