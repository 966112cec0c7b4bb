import { parseIntOrString } from '../../../apimachinery/int-or-string.ts';
import { labelSelectorString, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { metadataFor, textFlag } from '../generators/generator.ts';
import { FROM_FILES, foundObjects } from '../resources.ts';
import { CREATING, createObject } from './create.ts';
import { pairsOf } from './run.ts';

const CREATED = { done: 'exposed', fieldManager: 'kubectl-expose' };

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/expose/expose.go, polymorphichelpers/canbeexposed.go, 1.36. */
const EXPOSABLE = ['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet'];
const LONGEST_NAME = 63;

export const expose: KubectlCommand = {
  name: 'expose',
  flags: {
    ...CREATING,
    ...FROM_FILES,
    protocol: { type: 'text' },
    port: { type: 'text' },
    type: { type: 'text' },
    'load-balancer-ip': { type: 'text' },
    selector: { type: 'text' },
    labels: { type: 'text', short: 'l' },
    'target-port': { type: 'text' },
    'external-ip': { type: 'text' },
    name: { type: 'text' },
    'session-affinity': { type: 'text' },
    'cluster-ip': { type: 'text' },
  },
  run(terminal, flags) {
    if (flags.positionals.length === 0 && !flags.values.has('filename'))
      throw new KubectlError(
        "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
      );
    const { selector: _, ...values } = Object.fromEntries(flags.values);
    const named: Flags = { ...flags, values: new Map(Object.entries(values)) };
    const codes = foundObjects(terminal, named, flags.positionals).map(({ target, object }) => {
      if (!EXPOSABLE.includes(object.kind)) throw new KubectlError(`error: cannot expose a ${cannot(target.resource)}`);
      return createObject(terminal, flags, '', serviceFor(object, flags), CREATED);
    });
    return Math.max(0, ...codes);
  },
};

function cannot({ kind, group }: { readonly kind: string; readonly group: string }): string {
  return group === '' ? kind : `${kind}.${group}`;
}

/** Source: `createService`. */
function serviceFor(object: KubernetesObject, flags: Flags): KubernetesObject {
  const own = textFlag(flags, 'selector');
  const selector = own === '' ? selectorOf(object) : pairsOf(own);
  const labels =
    textFlag(flags, 'labels') === '' ? Object.fromEntries(labelsOf(object)) : pairsOf(textFlag(flags, 'labels'));
  const name = textFlag(flags, 'name') || nameOf(object).slice(0, LONGEST_NAME);
  const [type, clusterIP, affinity] = ['type', 'cluster-ip', 'session-affinity'].map((flag) => textFlag(flags, flag));
  if (affinity !== '' && affinity !== 'None' && affinity !== 'ClientIP')
    throw new KubectlError(`error: unknown session affinity: ${affinity}`);
  const [external, balancer] = [textFlag(flags, 'external-ip'), textFlag(flags, 'load-balancer-ip')];
  const ports = portsFor(object, flags, clusterIP === 'None');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataFor(name, flags, Object.keys(labels).length === 0 ? {} : { labels }),
    spec: {
      ...(clusterIP === '' ? {} : { clusterIP: clusterIP! }),
      ...(external === '' ? {} : { externalIPs: [external] }),
      ...(type === 'LoadBalancer' && balancer !== '' ? { loadBalancerIP: balancer } : {}),
      ...(ports.length === 0 ? {} : { ports }),
      selector,
      ...(affinity === '' ? {} : { sessionAffinity: affinity! }),
      ...(type === '' ? {} : { type: type! }),
    },
    status: { loadBalancer: {} },
  };
}

/** Source: polymorphichelpers/mapbasedselectorforobject.go. */
function selectorOf(object: KubernetesObject): JsonObject {
  const none = (what: string): never => {
    throw new KubectlError(`error: couldn't retrieve selectors via --selector flag or introspection: ${what}`);
  };
  if (object.kind === 'Pod') {
    if (labelsOf(object).size === 0) none('the pod has no labels and cannot be exposed');
    return Object.fromEntries(labelsOf(object));
  }
  if (object.kind === 'Service' || object.kind === 'ReplicationController') {
    const own = stringMapAt(object, 'spec', 'selector');
    if (own.size === 0 && object.kind === 'Service') none('the service has no pod selector set');
    return Object.fromEntries(own);
  }
  if (arrayAt(object, 'spec', 'selector', 'matchExpressions').length > 0)
    none(
      `couldn't convert expressions - "${labelSelectorString(parseLabelSelector(valueAt(object, 'spec', 'selector')))}" to map-based selector format`,
    );
  return objectAt(object, 'spec', 'selector', 'matchLabels') ?? {};
}

interface ObjectPort {
  readonly port: number;
  readonly protocol: string;
}

/** Ports of the containers, or of the Service. */
function ownPorts(object: KubernetesObject): readonly ObjectPort[] {
  if (object.kind === 'Service')
    return arrayAt(object, 'spec', 'ports').map((port) => ({
      port: numberAt(port, 'port') ?? 0,
      protocol: stringAt(port, 'protocol') ?? 'TCP',
    }));
  const spec = object.kind === 'Pod' ? ['spec'] : ['spec', 'template', 'spec'];
  return arrayAt(object, ...spec, 'containers')
    .flatMap((container) => arrayAt(container, 'ports'))
    .map((port) => ({ port: numberAt(port, 'containerPort') ?? 0, protocol: stringAt(port, 'protocol') ?? 'TCP' }));
}

function portsFor(object: KubernetesObject, flags: Flags, isHeadless: boolean): readonly JsonObject[] {
  const own = ownPorts(object);
  const asked = textFlag(flags, 'port');
  const wanted = asked === '' ? [...new Set(own.map(({ port }) => String(port)))] : asked.split(',');
  if (wanted.length === 0 && !isHeadless)
    throw new KubectlError("error: couldn't find port via --port flag or introspection");
  const targetText = textFlag(flags, 'target-port');
  const target = targetText === '' ? undefined : parseIntOrString(targetText);
  const given = textFlag(flags, 'protocol');
  return wanted.flatMap((text, index) => {
    if (!/^\d+$/.test(text))
      throw new KubectlError(`error: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
    const port = Number(text);
    const targetPort = target ?? port;
    const found = own.filter((one) => one.port === port).map(({ protocol }) => protocol);
    const protocols = given === '' ? [...new Set(found)].sort(compareStrings) : [given];
    const named = wanted.length > 1 ? { name: `port-${index + 1}` } : {};
    if (protocols.length <= 1) return [{ ...named, port, protocol: protocols[0] ?? 'TCP', targetPort }];
    return protocols.map((protocol) => ({
      name: `port-${index + 1}-${protocol.toLowerCase()}`,
      port,
      protocol,
      targetPort,
    }));
  });
}
