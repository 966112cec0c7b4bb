import { beforeAll, expect } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { upstreamEach, upstreamSource } from '../../../base/testing/upstream-table.ts';
import { preloadSchemas } from '../../../openapi/built-in-schemas.ts';
import { NO_CUSTOM_RESOURCES } from '../../custom-resources.ts';
import { BUILT_IN_KINDS } from '../../index.ts';
import { judge } from '../../judge.ts';
import { preloadStrategies } from '../../strategies.ts';

const context = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };

beforeAll(async () => {
  await Promise.all([preloadSchemas(['gateway.networking.k8s.io']), preloadStrategies()]);
});

/** `wanted` are parts of the server's answer, all of which it must hold; none where the object is accepted. */
type Row = readonly [name: string, spec: JsonObject, ...wanted: readonly string[]];

function expectAnswer(kind: string, spec: JsonObject, wanted: readonly string[]): void {
  const object = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: { name: 'foo', namespace: 'default' },
    spec,
  };
  const messages = judge(object, context).errors.map(({ field, message }) => `${field}: ${message}`);
  expect(messages.length > 0).toBe(wanted.length > 0);
  for (const words of wanted) expect(messages.join('\n')).toContain(words);
}

const target = (sectionName?: string, name = 'example', kind = 'Service', group = ''): JsonObject => ({
  group,
  kind,
  name,
  ...(sectionName === undefined ? {} : { sectionName }),
});
const targets = (...targetRefs: readonly JsonObject[]): JsonObject => ({
  targetRefs,
  validation: { wellKnownCACertificates: 'System', hostname: 'foo.example.com' },
});
const UNIQUE = 'sectionName must be unique when targetRefs includes 2 or more references to the same target';

const POLICIES = upstreamSource('validation', 'kubernetes-sigs/gateway-api tests/cel/backendtlspolicy_test.go, v1.5.1');

upstreamEach(
  POLICIES,
  'TestBackendTLSPolicyTargetRefs',
)<Row>([
  ['invalid because duplicate target refs without section name', targets(target(), target()), UNIQUE],
  [
    'invalid because duplicate target refs with only one section name',
    targets(target(), target(undefined, 'example2'), target('foo')),
    'sectionName must be specified when targetRefs includes 2 or more references to the same target',
  ],
  [
    'invalid because duplicate target refs with duplicate section names',
    targets(target('foo'), target('bar'), target('foo')),
    UNIQUE,
  ],
  ['valid single targetRef without sectionName', targets(target())],
  ['valid single targetRef with sectionName', targets(target('foo'))],
  [
    'valid because duplicate target refs with different section names',
    targets(target('foo'), target('bar'), target('jin')),
  ],
  [
    'valid because duplicate target refs with different names',
    targets(target('foo'), target('foo', 'example2'), target('foo', 'example3')),
  ],
  [
    'valid because duplicate target refs with different kinds',
    targets(target('foo'), target('foo', 'example', 'NotService')),
  ],
  [
    'valid because duplicate target refs with different groups',
    targets(target('foo'), target('foo', 'example', 'Service', 'svc.other.io')),
  ],
])('%s', (_, spec, ...wanted) => expectAnswer('BackendTLSPolicy', spec, wanted));

const validation = (given: JsonObject): JsonObject => ({
  targetRefs: [target()],
  validation: { hostname: 'foo.example.com', ...given },
});
const AUTHORITY = { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'name' }] };
const alternative = (type: string, more: JsonObject): JsonObject =>
  validation({ ...AUTHORITY, subjectAltNames: [{ type, ...more }] });
const WELL_KNOWN =
  "spec.validation.wellKnownCACertificates in body should match '^(System|([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]))$'";
const SHORT = 'spec.validation.hostname in body should be at least 1 chars long';
const hostname = 'foo.example.com';
const prefix = 'BackendTLSPolicyValidation';

upstreamEach(
  POLICIES,
  'TestBackendTLSPolicyValidation',
)<Row>([
  [`valid ${prefix} with WellKnownCACertificates`, validation({ wellKnownCACertificates: 'System' })],
  [
    `valid ${prefix} with implementation-specific WellKnownCACertificates`,
    validation({ wellKnownCACertificates: 'my.company.com/my-custom-ca-certificates' }),
  ],
  [`valid ${prefix} with CACertificateRefs`, validation(AUTHORITY)],
  [
    `invalid ${prefix} with missing fields`,
    validation({ hostname: '' }),
    SHORT,
    'must specify either CACertificateRefs or WellKnownCACertificates',
  ],
  [
    `invalid ${prefix} with both CACertificateRefs and WellKnownCACertificates`,
    validation({ ...AUTHORITY, wellKnownCACertificates: 'System' }),
    'must not contain both CACertificateRefs and WellKnownCACertificates',
  ],
  [
    `invalid ${prefix} with invalid WellKnownCACertificates value`,
    validation({ wellKnownCACertificates: 'MySystem' }),
    WELL_KNOWN,
  ],
  [
    `invalid ${prefix} with invalid implementation-specific WellKnownCACertificates value without which isprefix for `,
    validation({ wellKnownCACertificates: 'my-system' }),
    WELL_KNOWN,
  ],
  [
    `invalid ${prefix}  with invalid implementation-specific WellKnownCACertificates value with invalid prefix`,
    validation({ wellKnownCACertificates: 'in..va..lid./my-custom-ca-certificates' }),
    WELL_KNOWN,
  ],
  [`invalid ${prefix} with empty Hostname field`, validation({ ...AUTHORITY, hostname: '' }), SHORT],
  [`valid ${prefix} with SubjectAltName type Hostname`, alternative('Hostname', { hostname })],
  [`valid ${prefix} with SubjectAltName type URI`, alternative('URI', { uri: 'spiffe://mycluster.example' })],
  [
    `invalid ${prefix} with SubjectAltName type Hostname and empty Hostname field`,
    alternative('Hostname', {}),
    'SubjectAltName element must contain Hostname, if Type is set to Hostname',
  ],
  [
    `invalid ${prefix} with SubjectAltName type URI and non-empty Hostname field`,
    alternative('URI', { hostname }),
    'SubjectAltName element must not contain Hostname, if Type is not set to Hostname',
  ],
  [
    `invalid ${prefix} with SubjectAltName type URI and empty URI field`,
    alternative('URI', {}),
    'SubjectAltName element must contain URI, if Type is set to URI',
  ],
  [
    `invalid ${prefix} with SubjectAltName type Hostname and non-empty URI field`,
    alternative('Hostname', { uri: 'test' }),
    'SubjectAltName element must not contain URI, if Type is not set to URI',
  ],
  [
    `invalid ${prefix} with SubjectAltName type Hostname and both Hostname and URI specified`,
    alternative('Hostname', { hostname, uri: 'test' }),
    'SubjectAltName element must not contain URI, if Type is not set to URI',
  ],
  [
    `invalid ${prefix} incorrect URI SAN`,
    alternative('URI', { uri: hostname }),
    "spec.validation.subjectAltNames[0].uri in body should match '^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\\?([^#]*))?(#(.*))?'",
  ],
])('%s', (_, spec, ...wanted) => expectAnswer('BackendTLSPolicy', spec, wanted));

const listener = (more: JsonObject): JsonObject => ({
  parentRef: { kind: 'Gateway', name: 'example' },
  listeners: [{ name: 'tls', protocol: 'TLS', port: 8443, ...more }],
});

upstreamEach(
  upstreamSource('validation', 'kubernetes-sigs/gateway-api tests/cel/listenerset_test.go, v1.5.1'),
  'TestValidateListenerSet',
)<Row>([
  ['tls config present with tls protocol', listener({ tls: { mode: 'Passthrough' } })],
  ['tls config not set with tls protocol', listener({}), 'tls mode must be set for protocol TLS'],
  [
    'tls config present but empty with tls protocol',
    listener({ tls: {} }),
    'certificateRefs or options must be specified when mode is Terminate',
  ],
])('%s', (_, spec, ...wanted) => expectAnswer('ListenerSet', spec, wanted));
