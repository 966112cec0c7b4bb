import { compareStrings } from '../../../base/compare.ts';
import { formatLabelSelector, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import { qosClassOf } from '../../../apimachinery/qos-class.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import { describeContainers, describeResources } from './containers.ts';
import type { Describer } from './describer.ts';
import { describeEvents } from './events.ts';
import { controllerText, dateAt, numberText, sinceAt, textAt } from './values.ts';
import { describeVolumes } from './volumes.ts';
import type { DescribeWriter } from './writer.ts';

/** Source: describe.go `describePod`, 1.36. */
export const describePod: Describer = (w, pod, context) => {
  const [spec, status] = [objectAt(pod, 'spec'), objectAt(pod, 'status')];
  w.field(0, 'Name', textAt(pod, 'metadata', 'name'));
  w.field(0, 'Namespace', textAt(pod, 'metadata', 'namespace'));
  const optional = (title: string, value: string): void => {
    if (value !== '') w.field(0, title, value);
  };
  optional('Priority', textAt(spec, 'priority'));
  optional('Priority Class Name', textAt(spec, 'priorityClassName'));
  optional('Runtime Class Name', textAt(spec, 'runtimeClassName'));
  optional('Service Account', textAt(spec, 'serviceAccountName'));
  const node = textAt(spec, 'nodeName');
  w.field(0, 'Node', node === '' ? '<none>' : `${node}/${textAt(status, 'hostIP')}`);
  if (stringAt(status, 'startTime') !== undefined) w.field(0, 'Start Time', dateAt(status, 'startTime'));
  w.labels('Labels', stringMapAt(pod, 'metadata', 'labels'));
  w.annotations('Annotations', stringMapAt(pod, 'metadata', 'annotations'));
  const phase = textAt(status, 'phase');
  if (stringAt(pod, 'metadata', 'deletionTimestamp') !== undefined && phase !== 'Failed' && phase !== 'Succeeded') {
    w.field(0, 'Status', `Terminating (lasts ${sinceAt(context.nowMs, pod, 'metadata', 'deletionTimestamp')})`);
    w.field(0, 'Termination Grace Period', `${numberText(pod, 'metadata', 'deletionGracePeriodSeconds')}s`);
  } else w.field(0, 'Status', phase);
  optional('Reason', textAt(status, 'reason'));
  optional('Message', textAt(status, 'message'));
  const profile = objectAt(spec, 'securityContext', 'seccompProfile');
  if (profile !== undefined) {
    w.field(0, 'SeccompProfile', textAt(profile, 'type'));
    if (stringAt(profile, 'type') === 'Localhost') w.field(0, 'LocalhostProfile', textAt(profile, 'localhostProfile'));
  }
  w.field(0, 'IP', textAt(status, 'podIP'));
  const ips = arrayAt(status, 'podIPs');
  w.write(0, ips.length === 0 ? 'IPs:\t<none>\n' : 'IPs:\n');
  for (const ip of ips) w.field(1, 'IP', textAt(ip, 'ip'));
  optional('Controlled By', controllerText(pod));
  optional('NominatedNodeName', textAt(status, 'nominatedNodeName'));
  if (objectAt(spec, 'resources') !== undefined) {
    w.write(0, 'Resources:\n');
    describeResources(w, valueAt(spec, 'resources'), 1);
  }
  for (const [label, field, own] of [
    ['Init Containers', 'initContainers', 'initContainerStatuses'],
    ['Containers', 'containers', 'containerStatuses'],
    ['Ephemeral Containers', 'ephemeralContainers', 'ephemeralContainerStatuses'],
  ] as const) {
    const containers = arrayAt(spec, field);
    if (containers.length > 0 || field === 'containers')
      describeContainers(w, containers, { label, pod, statuses: arrayAt(status, own), space: '' });
  }
  conditions(w, pod);
  describeVolumes(w, arrayAt(spec, 'volumes'), '');
  w.field(0, 'QoS Class', qosClassOf(pod));
  w.labels('Node-Selectors', stringMapAt(spec, 'nodeSelector'));
  describeTolerations(w, arrayAt(spec, 'tolerations'), 'Tolerations');
  describeSpreading(w, arrayAt(spec, 'topologySpreadConstraints'), '');
  describeGroup(w, spec, '');
  describeEvents(w, context);
};

function conditions(w: DescribeWriter, pod: JsonValue): void {
  const own = arrayAt(pod, 'status', 'conditions');
  const gates = arrayAt(pod, 'spec', 'readinessGates');
  if (gates.length > 0) {
    w.write(0, 'Readiness Gates:\n  Type\tStatus\n');
    for (const gate of gates) {
      const type = textAt(gate, 'conditionType');
      const found = own.find((condition) => stringAt(condition, 'type') === type);
      w.write(1, `${type} \t${found === undefined ? '<none>' : textAt(found, 'status')} \n`);
    }
  }
  if (own.length === 0) return;
  w.write(0, 'Conditions:\n  Type\tStatus\n');
  for (const condition of own) w.write(1, `${textAt(condition, 'type')} \t${textAt(condition, 'status')} \n`);
}

/** Source: `printTolerationsMultilineWithIndent`. */
export function describeTolerations(w: DescribeWriter, tolerations: readonly JsonValue[], title: string): void {
  const sorted = tolerations.toSorted((a, b) => compareStrings(textAt(a, 'key'), textAt(b, 'key')));
  w.list(title, sorted.map(tolerationText));
}

function tolerationText(toleration: JsonValue): string {
  const [key, value, effect] = ['key', 'value', 'effect'].map((field) => textAt(toleration, field));
  const seconds = numberAt(toleration, 'tolerationSeconds');
  const exists = stringAt(toleration, 'operator') === 'Exists' && value === '';
  const space = key !== '' || effect !== '' ? ' ' : '';
  return `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}${exists ? `${space}op=Exists` : ''}${seconds === undefined ? '' : ` for ${seconds}s`}`;
}

/** Source: `describeTopologySpreadConstraints`. */
function describeSpreading(w: DescribeWriter, constraints: readonly JsonValue[], space: string): void {
  if (constraints.length === 0) return;
  const sorted = constraints.toSorted((a, b) => compareStrings(textAt(a, 'topologyKey'), textAt(b, 'topologyKey')));
  const lines = sorted.map((constraint) => {
    const selector = valueAt(constraint, 'labelSelector');
    const shown = selector === undefined ? '' : ` for selector ${formatLabelSelector(parseLabelSelector(selector))}`;
    return `${textAt(constraint, 'topologyKey')}:${textAt(constraint, 'whenUnsatisfiable')} when max skew ${numberText(constraint, 'maxSkew')} is exceeded${shown}`;
  });
  w.list('Topology Spread Constraints', lines, space);
}

/** Source: `DescribePodTemplate`. */
export function describePodTemplate(w: DescribeWriter, template: JsonValue | undefined): void {
  w.write(0, 'Pod Template:\n');
  if (template === undefined) return w.write(1, '<unset>');
  w.labels('  Labels', stringMapAt(template, 'metadata', 'labels'));
  const annotations = stringMapAt(template, 'metadata', 'annotations');
  if (annotations.size > 0) w.annotations('  Annotations', annotations);
  const spec = objectAt(template, 'spec');
  const account = textAt(spec, 'serviceAccountName');
  if (account !== '') w.field(1, 'Service Account', account);
  const init = arrayAt(spec, 'initContainers');
  if (init.length > 0) describeContainers(w, init, { label: 'Init Containers', statuses: [], space: '  ' });
  describeContainers(w, arrayAt(spec, 'containers'), { label: 'Containers', statuses: [], space: '  ' });
  describeVolumes(w, arrayAt(spec, 'volumes'), '  ');
  describeSpreading(w, arrayAt(spec, 'topologySpreadConstraints'), '  ');
  const priority = textAt(spec, 'priorityClassName');
  if (priority !== '') w.field(1, 'Priority Class Name', priority);
  w.labels('  Node-Selectors', stringMapAt(spec, 'nodeSelector'));
  describeTolerations(w, arrayAt(spec, 'tolerations'), '  Tolerations');
  describeGroup(w, spec, '  ');
}

function describeGroup(w: DescribeWriter, spec: JsonValue | undefined, space: string): void {
  const group = objectAt(spec, 'schedulingGroup');
  if (group === undefined) return;
  w.write(0, `${space}SchedulingGroup:\n`);
  w.field(1, 'PodGroupName', textAt(group, 'podGroupName'));
}
