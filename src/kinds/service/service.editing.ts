import { isEmptySelector, labelSelectorFromMap, matchesLabels } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, PodTemplateView } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { containerPorts } from '../shared/container-ports.ts';
import type { ContainerPort } from '../shared/container-ports.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { refuseOtherNamespace } from '../shared/same-namespace.ts';
import { servicePortsOf } from '../shared/service-ports.ts';
import { stableLabels } from '../shared/stable-labels.ts';

/** Service → workload: selects its Pods by their stable labels, and points at the ports they have. */
export const selectPods: Connection = {
  id: 'select',
  to: 'podTemplate',
  // A Service with one port or none can be sent to whichever port of the containers is meant.
  options(source, _target, template) {
    const listening = template ? containerPorts(template.spec) : [];
    if (listening.length < 2 || servicePortsOf(source).length > 1) return [];
    const values = listening.map(portText);
    const [first] = portEdits(source, template as PodTemplateView).length > 0 ? values : [];
    return first === undefined ? [] : [{ id: 'port', value: first, values }];
  },
  connect(source, target, template, chosen) {
    if (stringAt(source, 'spec', 'type') === 'ExternalName') return { refused: 'connect.externalName' };
    if (!template) return { refused: 'connect.noPodTemplate' };
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere) return elsewhere;
    const selector = labelSelectorFromMap(valueAt(source, 'spec', 'selector'));
    if (!isEmptySelector(selector) && matchesLabels(selector, template.labels)) return { refused: 'connect.already' };
    const labels = stableLabels(template.labels);
    if (Object.keys(labels).length === 0) return { refused: 'connect.noLabels' };
    return {
      source: [{ op: 'set', path: ['spec', 'selector'], value: labels }, ...portEdits(source, template, chosen?.port)],
    };
  },
};

/**
 * A Service without ports gets those of the containers. Its single port is sent on to a container port where it names
 * no target and no container listens on its number; a target that somebody wrote is left alone.
 */
function portEdits(service: KubernetesObject, template: PodTemplateView, chosen?: string): readonly FieldEdit[] {
  const all = containerPorts(template.spec);
  const meant = all.filter((port) => portText(port) === chosen);
  const listening = meant.length > 0 ? meant : all;
  const ports = servicePortsOf(service);
  if (listening.length === 0) return [];
  if (arrayAt(service, 'spec', 'ports').length === 0) {
    return [
      { op: 'set', path: ['spec', 'ports'], value: listening.map((port) => servicePort(port, listening.length)) },
    ];
  }
  const only = ports[0];
  if (!only || ports.length > 1 || only.field.at(-1) === 'targetPort') return [];
  if (listening.some((port) => port.number === only.port)) return [];
  const first = listening.find((port) => port.protocol === only.protocol) ?? listening[0]!;
  return [{ op: 'set', path: [...only.field.slice(0, -1), 'targetPort'], value: first.name ?? first.number }];
}

/** `http`, or `8080` for a port without a name. */
function portText({ name, number }: ContainerPort): string {
  return name ?? String(number);
}

/** Names are required as soon as a Service has several ports. */
function servicePort({ name, number, protocol }: ContainerPort, count: number) {
  const needed = name ?? (count > 1 ? `${protocol.toLowerCase()}-${number}` : undefined);
  return {
    ...(needed === undefined ? {} : { name: needed }),
    port: number,
    ...(protocol === 'TCP' ? {} : { protocol }),
    ...(name === undefined ? {} : { targetPort: name }),
  };
}

export function disconnectService(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal {
  const [, name] = reference.field;
  switch (name) {
    case 'externalName':
      return { refused: 'disconnect.required' };
    case 'loadBalancerSourceRanges':
    case 'externalIPs':
      return [removeListItem(object, reference.field)];
    default:
      return [{ op: 'delete', path: reference.field }];
  }
}
