import { parseIntOrString } from '../../../apimachinery/int-or-string.ts';
import { validatePortName } from '../../../apimachinery/value-formats.ts';
import type { JsonObject } from '../../../base/json.ts';
import { KubectlError } from '../command.ts';
import type { FlagSpecs } from '../flags.ts';
import type { Generator } from './generator.ts';
import { arrayOf, metadataFor, numberFlag, sliceOf, textFlag } from './generator.ts';

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

/** `5678:8080`, `5678`, `80:http`. Source: create_service.go `parsePorts`, 1.36. */
function portOf(text: string, nodePort: number): JsonObject {
  const [first = '', ...more] = text.split(':');
  const second = more.length === 0 ? undefined : more.join(':');
  const port = wholePort(first);
  const name = text.replaceAll(':', '-');
  const base = { name, port, protocol: 'TCP', ...(nodePort === 0 ? {} : { nodePort }) };
  if (second === undefined) return { ...base, targetPort: port };
  if (/^[-+]?\d+$/.test(second)) {
    const target = Number(second);
    if (target < 1 || target > 65_535) throw new KubectlError('error: must be between 1 and 65535, inclusive');
    return { ...base, targetPort: target };
  }
  const problems = validatePortName(second);
  if (problems.length > 0) throw new KubectlError(`error: ${problems.join(',')}`);
  return { ...base, targetPort: second };
}

/** Source: k8s.io/utils/net `ParsePort`, which lets 0 pass. */
function wholePort(text: string): number {
  const quoted = JSON.stringify(text);
  if (!/^\d+$/.test(text)) throw new KubectlError(`error: strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  if (Number(text) > 65_535) throw new KubectlError(`error: strconv.ParseUint: parsing ${quoted}: value out of range`);
  return Number(text);
}

function serviceFlags(type: ServiceType): FlagSpecs {
  return {
    tcp: { type: 'list' },
    ...(type === 'ClusterIP' ? { clusterip: { type: 'text' } } : {}),
    ...(type === 'NodePort' ? { 'node-port': { type: 'text' } } : {}),
    ...(type === 'ExternalName' ? { 'external-name': { type: 'text' } } : {}),
  };
}

function service(word: string, type: ServiceType): Generator {
  return {
    name: `service ${word}`,
    flags: serviceFlags(type),
    ...(type === 'ExternalName' ? { required: ['external-name'] } : {}),
    make(name, flags) {
      const [tcp, clusterIP] = [sliceOf(flags, 'tcp'), textFlag(flags, 'clusterip')];
      if (clusterIP !== 'None' && tcp.length === 0 && type !== 'ExternalName')
        throw new KubectlError('error: at least one tcp port specifier must be provided');
      const externalName = textFlag(flags, 'external-name');
      if (
        type === 'ExternalName' &&
        !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(externalName)
      )
        throw new KubectlError(`error: invalid service external name ${externalName}`);
      const ports = tcp.map((text) => portOf(text, numberFlag(flags, 'node-port', 0)));
      return {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadataFor(name, flags, { labels: { app: name } }),
        spec: {
          ...(clusterIP === '' ? {} : { clusterIP }),
          ...(externalName === '' ? {} : { externalName }),
          ...(ports.length === 0 ? {} : { ports }),
          selector: { app: name },
          type,
        },
        status: { loadBalancer: {} },
      };
    },
  };
}

const RULE = /^(?:[^/]*)\/(?:[^=]*)=([^,:]+):([^,:]+)(?:,(?:tls|tls=[^,]*))?$/;

/** Source: create_ingress.go. */
const ingress: Generator = {
  name: 'ingress',
  flags: {
    class: { type: 'text' },
    rule: { type: 'list' },
    'default-backend': { type: 'text' },
    annotation: { type: 'list' },
  },
  make(name, flags) {
    const [rules, backend, annotations] = [
      arrayOf(flags, 'rule'),
      textFlag(flags, 'default-backend'),
      arrayOf(flags, 'annotation'),
    ];
    checkIngress(rules, backend, annotations);
    const tls = tlsOf(rules);
    const className = textFlag(flags, 'class');
    const pairs = annotations.map(
      (text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const,
    );
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadataFor(name, flags, pairs.length === 0 ? {} : { annotations: Object.fromEntries(pairs) }),
      spec: {
        ...(backend === '' ? {} : { defaultBackend: backendOf(backend) }),
        ...(className === '' ? {} : { ingressClassName: className }),
        ...(rules.length === 0 ? {} : { rules: rulesOf(rules) }),
        ...(tls.length === 0 ? {} : { tls }),
      },
      status: { loadBalancer: {} },
    };
  },
};

function checkIngress(rules: readonly string[], backend: string, annotations: readonly string[]): void {
  if (backend === '' && rules.length === 0)
    throw new KubectlError(
      'error: not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    );
  for (const rule of rules)
    if (!RULE.test(rule))
      throw new KubectlError(
        `error: rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
      );
  for (const annotation of annotations)
    if (!annotation.includes('='))
      throw new KubectlError(`error: annotation ${annotation} is invalid and should be in format key=[value]`);
  if (backend !== '' && backend.split(':').length !== 2)
    throw new KubectlError('error: default-backend should be in format servicename:serviceport');
}

function backendOf(text: string): JsonObject {
  const [name = '', port = ''] = text.split(':');
  const parsed = parseIntOrString(port);
  return { service: { name, port: typeof parsed === 'number' ? { number: parsed } : { name: parsed } } };
}

function rulesOf(rules: readonly string[]): readonly JsonObject[] {
  const byHost = new Map<string, JsonObject[]>();
  for (const rule of rules) {
    const plain = rule.split(',')[0]!;
    const slash = plain.indexOf('/');
    const host = plain.slice(0, slash);
    const [path = '', service = ''] = plain.slice(slash + 1).split('=');
    const isPrefix = path.endsWith('*');
    const own = byHost.get(host) ?? [];
    byHost.set(host, own);
    own.push({
      backend: backendOf(service),
      path: `/${isPrefix ? path.slice(0, -1) : path}`,
      pathType: isPrefix ? 'Prefix' : 'Exact',
    });
  }
  return [...byHost].map(([host, paths]) => ({ ...(host === '' ? {} : { host }), http: { paths } }));
}

/** Each host stands once; hosts with the same secret together. */
function tlsOf(rules: readonly string[]): readonly JsonObject[] {
  const entries: { secretName: string; hosts: string[] }[] = [];
  const known = new Set<string>();
  for (const rule of rules) {
    const [, tls, ...more] = rule.split(',');
    if (tls === undefined || more.length > 0) continue;
    const host = rule.split('/')[0]!;
    const secretName = tls.split('=')[1] ?? '';
    if (known.has(host)) continue;
    known.add(host);
    const same = entries.find((entry) => entry.secretName === secretName);
    if (same !== undefined) same.hosts.push(host);
    else if (host !== '' || secretName !== '') entries.push({ secretName, hosts: host === '' ? [] : [host] });
  }
  return entries.map(({ secretName, hosts }) => ({
    ...(hosts.length === 0 ? {} : { hosts }),
    ...(secretName === '' ? {} : { secretName }),
  }));
}

export const NETWORK_GENERATORS: readonly Generator[] = [
  service('clusterip', 'ClusterIP'),
  service('nodeport', 'NodePort'),
  service('loadbalancer', 'LoadBalancer'),
  service('externalname', 'ExternalName'),
  ingress,
];
