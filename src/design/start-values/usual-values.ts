import type { JsonValue } from '../../base/json.ts';
import type { Schema } from '../../openapi/schema.ts';

/** What a field of a name usually begins as, before anything more general; by the last word of its path. */
const BY_NAME: Readonly<Record<string, readonly JsonValue[]>> = {
  image: ['registry.example.com/app:1.0'],
  mountPath: ['/mnt'],
  devicePath: ['/dev/block'],
  path: ['/', 'path'],
  containerPort: [8080],
  port: [80],
  schedule: ['0 3 * * *'],
  topologyKey: ['kubernetes.io/hostname'],
  expression: ['true'],
  messageExpression: ['"example"'],
  valueExpression: ['"example"'],
  cidr: ['192.0.2.0/24'],
  ip: ['192.0.2.1'],
  operator: ['Exists', 'In'],
  apiVersion: ['v1'],
  uid: ['00000000-0000-0000-0000-000000000000'],
  fieldPath: ['metadata.name'],
  resource: ['limits.cpu', 'pods'],
  type: [],
};

/** Words that fit where a text of some form is asked for. */
const TEXTS: readonly string[] = [
  'example',
  'example.com/name',
  'example.com',
  '/example',
  '192.0.2.1',
  '192.0.2.0/24',
  'v1',
  'Example',
  '10m',
  '*',
  'https://example.com',
  '.spec.example',
  'true',
  'object',
  '10.0.0.0/16',
  '2001:db8::/64',
  'example.com/example/name',
];

const NUMBERS: readonly number[] = [1, 80, 0, 100, 2, 1000, 10_000];

/** The values that a scalar may begin as, best first; `taken` are names that are there already. */
export function usualScalars(schema: Schema, name: string, taken: readonly string[]): readonly JsonValue[] {
  if (schema.enum) return schema.enum;
  const own = BY_NAME[name] ?? [];
  switch (schema.type) {
    case 'string':
      return ofForm(schema.format) ?? unique([...own, ...TEXTS, ...taken.map((text) => `${text}-2`), ...taken]);
    case 'integer':
    case 'number':
      return unique([...own.filter((value) => typeof value === 'number'), ...NUMBERS]);
    case 'boolean':
      return [true, false];
    case 'quantity':
      return ['1', '1Gi', '100m'];
    case 'integerOrString':
      return [...own, 1, '25%', 'example', 0];
    default:
      return [];
  }
}

/** RFC 3339 times and base64 have a form of their own. */
function ofForm(format: string | undefined): readonly string[] | undefined {
  if (format === 'byte') return ['ZXhhbXBsZQ=='];
  if (format === 'date-time') return ['2026-01-01T00:00:00Z'];
  return format === 'micro-time' ? ['2026-01-01T00:00:00.000000Z'] : undefined;
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
