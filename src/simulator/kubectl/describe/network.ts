import { formatLabelSelector, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import { labelsAt } from '../../apiserver/printers/cells.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { describeEvents } from './events.ts';
import { describeLabels, describeName, describeTimedConditions } from './head.ts';
import { numberText, orNone, stringsAt, textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';

function slicesOf(
  namespace: string | undefined,
  service: string,
  { list }: DescribeContext,
): readonly KubernetesObject[] {
  const labelSelector = `kubernetes.io/service-name=${service}`;
  const resource = 'endpointslices.discovery.k8s.io';
  return list({ resource, labelSelector, ...(namespace === undefined ? {} : { namespace }) });
}

const MOST_ENDPOINTS = 3;

/** Ready addresses of the slices at the ports of a name, three of them. Source: describe.go `formatEndpointSlices`. */
function endpointsText(slices: readonly KubernetesObject[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const found: string[] = [];
  for (const slice of slices) {
    const ready = arrayAt(slice, 'endpoints').filter(
      (endpoint) => booleanAt(endpoint, 'conditions', 'ready') !== false,
    );
    const addresses = ready.map((endpoint) => stringsAt(endpoint, 'addresses')[0] ?? '');
    const ports = arrayAt(slice, 'ports');
    if (ports.length === 0) found.push(...addresses);
    for (const port of ports) {
      if (textAt(port, 'name') !== portName) continue;
      const number = numberText(port, 'port');
      found.push(
        ...addresses.map((address) => (address.includes(':') ? `[${address}]:${number}` : `${address}:${number}`)),
      );
    }
  }
  const shown = found.slice(0, MOST_ENDPOINTS).join(',');
  return found.length > MOST_ENDPOINTS ? `${shown} + ${found.length - MOST_ENDPOINTS} more...` : shown;
}

/** Source: describe.go `describeService`, 1.36. */
export const describeService: Describer = (w, service, context) => {
  const slices = slicesOf(namespaceOf(service), textAt(service, 'metadata', 'name'), context);
  const spec = (field: string): string => textAt(service, 'spec', field);
  const optional = (title: string, value: string): void => {
    if (value !== '' && value !== '0') w.field(0, title, value);
  };
  describeName(w, service);
  describeLabels(w, service);
  w.field(0, 'Selector', labelsAt(service, 'spec', 'selector'));
  w.field(0, 'Type', spec('type'));
  optional('IP Family Policy', spec('ipFamilyPolicy'));
  w.field(0, 'IP Families', orNone(stringsAt(service, 'spec', 'ipFamilies').join(',')));
  w.field(0, 'IP', spec('clusterIP'));
  w.field(0, 'IPs', orNone(stringsAt(service, 'spec', 'clusterIPs').join(',')));
  optional('External IPs', stringsAt(service, 'spec', 'externalIPs').join(','));
  optional('Desired LoadBalancer IP', spec('loadBalancerIP'));
  optional('External Name', spec('externalName'));
  optional('LoadBalancer Ingress', ingressText(arrayAt(service, 'status', 'loadBalancer', 'ingress')));
  for (const port of arrayAt(service, 'spec', 'ports')) {
    const name = nameAt(port, 'name') ?? '<unset>';
    const protocol = textAt(port, 'protocol');
    w.write(0, `Port:\t${name}\t${numberText(port, 'port')}/${protocol}\n`);
    w.field(0, 'TargetPort', `${numberText(port, 'targetPort')}/${protocol}`);
    optional('AppProtocol', textAt(port, 'appProtocol'));
    if ((numberAt(port, 'nodePort') ?? 0) !== 0)
      w.write(0, `NodePort:\t${name}\t${numberText(port, 'nodePort')}/${protocol}\n`);
    w.field(0, 'Endpoints', endpointsText(slices, textAt(port, 'name')));
  }
  w.field(0, 'Session Affinity', spec('sessionAffinity'));
  optional('External Traffic Policy', spec('externalTrafficPolicy'));
  optional('Internal Traffic Policy', spec('internalTrafficPolicy'));
  optional('HealthCheck NodePort', spec('healthCheckNodePort'));
  optional('LoadBalancer Source Ranges', stringsAt(service, 'spec', 'loadBalancerSourceRanges').join(','));
  optional('Traffic Distribution', spec('trafficDistribution'));
  describeEvents(w, context);
};

function ingressText(ingress: readonly JsonValue[]): string {
  return ingress
    .map((point) => {
      const [ip, mode] = [textAt(point, 'ip'), textAt(point, 'ipMode')];
      if (ip === '') return textAt(point, 'hostname');
      return mode === '' ? ip : `${ip} (${mode})`;
    })
    .join(', ');
}

export const describeEndpoints: Describer = (w, endpoints, context) => {
  describeName(w, endpoints);
  describeLabels(w, endpoints);
  w.write(0, 'Subsets:\n');
  for (const subset of arrayAt(endpoints, 'subsets')) {
    for (const [title, field] of [
      ['Addresses', 'addresses'] as const,
      ['NotReadyAddresses', 'notReadyAddresses'] as const,
    ])
      w.field(
        1,
        title,
        orNone(
          arrayAt(subset, field)
            .map((address) => textAt(address, 'ip'))
            .join(','),
        ),
      );
    const ports = arrayAt(subset, 'ports');
    if (ports.length > 0) {
      w.write(1, 'Ports:\n');
      w.write(2, 'Name\tPort\tProtocol\n');
      w.write(2, '----\t----\t--------\n');
      for (const port of ports)
        w.write(2, `${nameAt(port, 'name') ?? '<unset>'}\t${numberText(port, 'port')}\t${textAt(port, 'protocol')}\n`);
    }
    w.write(0, '\n');
  }
  describeEvents(w, context);
};

export const describeEndpointSlice: Describer = (w, slice, context) => {
  describeName(w, slice);
  describeLabels(w, slice);
  w.field(0, 'AddressType', textAt(slice, 'addressType'));
  const [ports, endpoints] = [arrayAt(slice, 'ports'), arrayAt(slice, 'endpoints')];
  w.write(0, ports.length === 0 ? 'Ports: <unset>\n' : 'Ports:\n');
  if (ports.length > 0) {
    w.write(1, 'Name\tPort\tProtocol\n');
    w.write(1, '----\t----\t--------\n');
    for (const port of ports) {
      const number = numberAt(port, 'port')?.toString() ?? '<unset>';
      w.write(1, `${nameAt(port, 'name') ?? '<unset>'}\t${number}\t${textAt(port, 'protocol')}\n`);
    }
  }
  w.write(0, endpoints.length === 0 ? 'Endpoints: <none>\n' : 'Endpoints:\n');
  for (const endpoint of endpoints) {
    w.field(1, '- Addresses', orNone(stringsAt(endpoint, 'addresses').join(', ')));
    w.write(2, 'Conditions:\n');
    w.field(3, 'Ready', textAt(endpoint, 'conditions', 'ready') || '<unset>');
    w.field(2, 'Hostname', stringAt(endpoint, 'hostname') ?? '<unset>');
    const target = objectAt(endpoint, 'targetRef');
    if (target !== undefined) w.field(2, 'TargetRef', `${textAt(target, 'kind')}/${textAt(target, 'name')}`);
    w.field(2, 'NodeName', stringAt(endpoint, 'nodeName') ?? '<unset>');
    w.field(2, 'Zone', stringAt(endpoint, 'zone') ?? '<unset>');
  }
  describeEvents(w, context);
};

/** Source: describe.go `describeIngressV1`. */
export const describeIngress: Describer = (w, ingress, context) => {
  const backend = (value: JsonValue | undefined): string => backendText(namespaceOf(ingress), value, context);
  w.field(0, 'Name', textAt(ingress, 'metadata', 'name'));
  w.labels('Labels', stringMapAt(ingress, 'metadata', 'labels'));
  w.field(0, 'Namespace', textAt(ingress, 'metadata', 'namespace'));
  const points = arrayAt(ingress, 'status', 'loadBalancer', 'ingress').flatMap(
    (point) => nameAt(point, 'ip') ?? nameAt(point, 'hostname') ?? [],
  );
  w.field(0, 'Address', [...new Set(points)].sort(compareStrings).join(','));
  w.field(0, 'Ingress Class', stringAt(ingress, 'spec', 'ingressClassName') ?? '<none>');
  const own = valueAt(ingress, 'spec', 'defaultBackend');
  const otherwise = own === undefined ? '<default>' : backend(own);
  w.field(0, 'Default backend', otherwise);
  const tls = arrayAt(ingress, 'spec', 'tls');
  if (tls.length > 0) w.write(0, 'TLS:\n');
  for (const one of tls) {
    const [secret, hosts] = [textAt(one, 'secretName'), stringsAt(one, 'hosts').join(',')];
    w.write(1, secret === '' ? `SNI routes ${hosts}\n` : `${secret} terminates ${hosts}\n`);
  }
  w.write(0, 'Rules:\n  Host\tPath\tBackends\n');
  w.write(1, '----\t----\t--------\n');
  const rules = arrayAt(ingress, 'spec', 'rules').filter((rule) => objectAt(rule, 'http') !== undefined);
  for (const rule of rules) {
    w.write(1, `${nameAt(rule, 'host') ?? '*'}\t\n`);
    for (const path of arrayAt(rule, 'http', 'paths'))
      w.write(2, `\t${textAt(path, 'path')} \t${backend(valueAt(path, 'backend'))}\n`);
  }
  if (rules.length === 0) w.write(1, `*\t*\t${otherwise}\n`);
  w.annotations('Annotations', stringMapAt(ingress, 'metadata', 'annotations'));
  describeEvents(w, context);
};

function backendText(namespace: string | undefined, backend: JsonValue | undefined, context: DescribeContext): string {
  const service = objectAt(backend, 'service');
  if (service !== undefined) {
    const [name, port] = [textAt(service, 'name'), objectAt(service, 'port')];
    const number = numberAt(port, 'number') ?? 0;
    const wanted = `${name}:${number === 0 ? textAt(port, 'name') : number}`;
    const slices = slicesOf(namespace, name, context);
    const found = context.get('services', namespace, name);
    if ('error' in found) return `${wanted} (<error: ${String(found.error)}>)`;
    const own = arrayAt(found, 'spec', 'ports').findLast((one) =>
      number === 0 ? nameAt(one, 'name') === nameAt(port, 'name') : numberAt(one, 'port') === number,
    );
    return `${wanted} (${endpointsText(slices, textAt(own, 'name'))})`;
  }
  const resource = objectAt(backend, 'resource');
  if (resource === undefined) return '';
  const group = stringAt(resource, 'apiGroup') ?? '<none>';
  return `APIGroup: ${group}, Kind: ${textAt(resource, 'kind')}, Name: ${textAt(resource, 'name')}`;
}

export const describeIngressClass: Describer = (w, object, context) => {
  describeName(w, object, false);
  describeLabels(w, object);
  w.field(0, 'Controller', textAt(object, 'spec', 'controller'));
  const parameters = objectAt(object, 'spec', 'parameters');
  if (parameters !== undefined) {
    w.write(0, 'Parameters:\n');
    const group = stringAt(parameters, 'apiGroup');
    if (group !== undefined) w.field(1, 'APIGroup', group);
    w.field(1, 'Kind', textAt(parameters, 'kind'));
    w.field(1, 'Name', textAt(parameters, 'name'));
  }
  describeEvents(w, context);
};

export const describeServiceCidr: Describer = (w, object, context) => {
  describeName(w, object, false);
  describeLabels(w, object);
  w.field(0, 'CIDRs', stringsAt(object, 'spec', 'cidrs').join(', '));
  describeTimedConditions(w, object, 'Status:\n');
  describeEvents(w, context);
};

export const describeIpAddress: Describer = (w, object, context) => {
  describeName(w, object, false);
  describeLabels(w, object);
  const parent = objectAt(object, 'spec', 'parentRef');
  if (parent !== undefined) {
    w.write(0, 'Parent Reference:\n');
    for (const [title, field] of [
      ['Group', 'group'],
      ['Resource', 'resource'],
      ['Namespace', 'namespace'],
      ['Name', 'name'],
    ] as const)
      w.field(1, title, textAt(parent, field));
  }
  describeEvents(w, context);
};

/** Source: describe.go `describeNetworkPolicySpec`. */
export const describeNetworkPolicy: Describer = (w, policy) => {
  describeName(w, policy);
  w.field(0, 'Created on', createdText(policy));
  describeLabels(w, policy);
  w.write(0, 'Spec:\n');
  const selector = parseLabelSelector(valueAt(policy, 'spec', 'podSelector'));
  w.write(1, 'PodSelector: ');
  w.write(
    2,
    selector.requirements.length === 0
      ? '<none> (Allowing the specific traffic to all pods in this namespace)\n'
      : `${formatLabelSelector(selector)}\n`,
  );
  const types = stringsAt(policy, 'spec', 'policyTypes');
  for (const [type, word, peers, end] of [
    ['Ingress', 'ingress', 'from', 'From'],
    ['Egress', 'egress', 'to', 'To'],
  ] as const) {
    if (!types.includes(type)) {
      w.write(1, `Not affecting ${word} traffic\n`);
      continue;
    }
    w.write(1, `Allowing ${word} traffic:\n`);
    const rules = arrayAt(policy, 'spec', word);
    if (rules.length === 0) w.write(0, `    <none> (Selected pods are isolated for ${word} connectivity)\n`);
    rules.forEach((rule, index) => {
      policyRule(w, rule, peers, end);
      if (index < rules.length - 1) w.write(0, '    ----------\n');
    });
  }
  w.write(1, `Policy Types: ${orNone(types.join(', '))}\n`);
};

/** `2017-06-04 21:45:56 -0700 PDT`, as Go prints a time; of the API always in UTC. */
function createdText(object: KubernetesObject): string {
  const [, date, time] = /^(\S+)T([\d:]{8})Z$/.exec(textAt(object, 'metadata', 'creationTimestamp')) ?? [];
  return date === undefined ? '0001-01-01 00:00:00 +0000 UTC' : `${date} ${time} +0000 UTC`;
}

function policyRule(w: DescribeWriter, rule: JsonValue, peers: 'from' | 'to', end: 'From' | 'To'): void {
  const indent = '    ';
  const ports = arrayAt(rule, 'ports');
  if (ports.length === 0) w.write(0, `${indent}To Port: <any> (traffic allowed to all ports)\n`);
  for (const port of ports) {
    const protocol = nameAt(port, 'protocol') ?? 'TCP';
    const [first, last] = [textAt(port, 'port') || '<nil>', textAt(port, 'endPort')];
    w.write(
      0,
      last === ''
        ? `${indent}To Port: ${first}/${protocol}\n`
        : `${indent}To Port Range: ${first}-${last}/${protocol}\n`,
    );
  }
  const own = arrayAt(rule, peers);
  const limit = peers === 'from' ? 'source' : 'destination';
  if (own.length === 0) w.write(0, `${indent}${end}: <any> (traffic not restricted by ${limit})\n`);
  for (const peer of own) {
    w.write(0, `${indent}${end}:\n`);
    for (const [word, field] of [
      ['NamespaceSelector', 'namespaceSelector'] as const,
      ['PodSelector', 'podSelector'] as const,
    ]) {
      const selector = valueAt(peer, field);
      if (selector !== undefined)
        w.write(1, `${indent}${word}: ${formatLabelSelector(parseLabelSelector(selector))}\n`);
    }
    const block = objectAt(peer, 'ipBlock');
    if (block === undefined || objectAt(peer, 'podSelector') || objectAt(peer, 'namespaceSelector')) continue;
    w.write(1, `${indent}IPBlock:\n`);
    w.write(2, `${indent}CIDR: ${textAt(block, 'cidr')}\n`);
    w.write(2, `${indent}Except: ${stringsAt(block, 'except').join(', ')}\n`);
  }
}
