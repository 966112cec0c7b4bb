import { compareStrings } from '../../../base/compare.ts';
import { containerResourceText, fieldText } from './environment.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { boolText, dateAt, goList, numberText, orNone, resourcesAt, stringsAt, textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';

interface ContainersOptions {
  readonly label: string;
  /** Of a Pod; undefined for a template, whose fields are not known yet. */
  readonly pod?: JsonValue;
  readonly statuses: readonly JsonValue[];
  /** What stands before the label: templates are one step further in. */
  readonly space: string;
}

/** Source: describe.go `describeContainers`, 1.36. */
export function describeContainers(
  w: DescribeWriter,
  containers: readonly JsonValue[],
  { label, pod, statuses, space }: ContainersOptions,
): void {
  w.write(0, `${space}${label}:${containers.length === 0 ? ' <none>' : ''}\n`);
  for (const container of containers) {
    const name = textAt(container, 'name');
    const status = statuses.findLast((one) => stringAt(one, 'name') === name);
    w.write(1, `${space === '' ? '' : ' '}${name}:\n`);
    if (status !== undefined) w.field(2, 'Container ID', textAt(status, 'containerID'));
    w.field(2, 'Image', textAt(container, 'image'));
    if (status !== undefined) w.field(2, 'Image ID', textAt(status, 'imageID'));
    for (const [word, field] of [['Port', 'containerPort'] as const, ['Host Port', 'hostPort'] as const]) {
      const ports = portsText(container, field);
      w.field(2, ports.includes(',') ? `${word}s` : word, orNone(ports));
    }
    seccomp(w, container);
    command(w, container);
    if (status !== undefined) {
      state(w, 'State', objectAt(status, 'state'));
      if (objectAt(status, 'lastState', 'terminated') !== undefined)
        state(w, 'Last State', objectAt(status, 'lastState'));
      w.field(2, 'Ready', booleanAt(status, 'ready') === true ? 'True' : 'False');
      w.field(2, 'Restart Count', numberText(status, 'restartCount'));
    }
    describeResources(w, valueAt(container, 'resources'), 2);
    for (const [word, field] of [
      ['Liveness', 'livenessProbe'],
      ['Readiness', 'readinessProbe'],
      ['Startup', 'startupProbe'],
    ] as const) {
      const probe = valueAt(container, field);
      if (probe !== undefined) w.field(2, word, probeText(probe));
    }
    environmentFrom(w, container);
    environment(w, container, pod);
    mounts(w, container);
  }
}

function portsText(container: JsonValue, field: 'containerPort' | 'hostPort'): string {
  return arrayAt(container, 'ports')
    .map((port) => {
      const text = `${numberText(port, field)}/${textAt(port, 'protocol')}`;
      const name = textAt(port, 'name');
      return name === '' ? text : `${text} (${name})`;
    })
    .join(', ');
}

function seccomp(w: DescribeWriter, container: JsonValue): void {
  const profile = objectAt(container, 'securityContext', 'seccompProfile');
  if (profile === undefined) return;
  w.field(2, 'SeccompProfile', textAt(profile, 'type'));
  if (stringAt(profile, 'type') === 'Localhost') w.field(3, 'LocalhostProfile', textAt(profile, 'localhostProfile'));
}

function command(w: DescribeWriter, container: JsonValue): void {
  for (const [word, field] of [['Command', 'command'] as const, ['Args', 'args'] as const]) {
    const words = stringsAt(container, field);
    if (words.length === 0) continue;
    w.write(2, `${word}:\n`);
    for (const line of words.flatMap((text) => text.split('\n'))) w.write(3, `${line}\n`);
  }
}

/** Source: `describeStatus`. */
function state(w: DescribeWriter, title: string, value: JsonValue | undefined): void {
  const [running, waiting, terminated] = ['running', 'waiting', 'terminated'].map((name) => objectAt(value, name));
  if (running !== undefined) {
    w.field(2, title, 'Running');
    w.field(3, 'Started', dateAt(running, 'startedAt'));
  } else if (waiting !== undefined || terminated === undefined) {
    w.field(2, title, 'Waiting');
    const reason = textAt(waiting, 'reason');
    if (reason !== '') w.field(3, 'Reason', reason);
  } else {
    w.field(2, title, 'Terminated');
    for (const [word, field] of [['Reason', 'reason'] as const, ['Message', 'message'] as const])
      if (textAt(terminated, field) !== '') w.field(3, word, textAt(terminated, field));
    w.field(3, 'Exit Code', numberText(terminated, 'exitCode'));
    if ((numberAt(terminated, 'signal') ?? 0) > 0) w.field(3, 'Signal', numberText(terminated, 'signal'));
    w.field(3, 'Started', dateAt(terminated, 'startedAt'));
    w.field(3, 'Finished', dateAt(terminated, 'finishedAt'));
  }
}

/** Source: `describeResources`. */
export function describeResources(w: DescribeWriter, resources: JsonValue | undefined, level: number): void {
  for (const [word, field] of [['Limits', 'limits'] as const, ['Requests', 'requests'] as const]) {
    const list = resourcesAt(resources, field);
    if (list.length > 0) w.write(level, `${word}:\n`);
    for (const [name, quantity] of list) w.field(level + 1, name, quantity);
  }
}

/** `http-get http://:80/healthz delay=0s timeout=1s period=10s #success=1 #failure=3`. Source: `DescribeProbe`. */
function probeText(probe: JsonValue): string {
  const number = (field: string): string => numberText(probe, field);
  const attributes = `delay=${number('initialDelaySeconds')}s timeout=${number('timeoutSeconds')}s period=${number('periodSeconds')}s #success=${number('successThreshold')} #failure=${number('failureThreshold')}`;
  if (objectAt(probe, 'exec') !== undefined) return `exec ${goList(stringsAt(probe, 'exec', 'command'))} ${attributes}`;
  const get = objectAt(probe, 'httpGet');
  if (get !== undefined) {
    const [scheme, host, path] = [textAt(get, 'scheme').toLowerCase(), textAt(get, 'host'), textAt(get, 'path')];
    const port = textAt(get, 'port') || '0';
    const url = `${scheme === '' ? '' : `${scheme}:`}//${host.includes(':') ? `[${host}]` : host}:${port}`;
    return `http-get ${url}${path === '' || path.startsWith('/') ? path : `/${path}`} ${attributes}`;
  }
  const socket = objectAt(probe, 'tcpSocket');
  if (socket !== undefined)
    return `tcp-socket ${textAt(socket, 'host')}:${textAt(socket, 'port') || '0'} ${attributes}`;
  const grpc = objectAt(probe, 'grpc');
  if (grpc !== undefined) return `grpc <pod>:${numberText(grpc, 'port')} ${textAt(grpc, 'service')} ${attributes}`;
  return `unknown ${attributes}`;
}

function environmentFrom(w: DescribeWriter, container: JsonValue): void {
  const sources = arrayAt(container, 'envFrom');
  if (sources.length === 0) return;
  w.write(2, 'Environment Variables from:\n');
  for (const source of sources) {
    const kind = objectAt(source, 'configMapRef') === undefined ? 'Secret' : 'ConfigMap';
    const ref = objectAt(source, 'configMapRef') ?? objectAt(source, 'secretRef');
    const prefix = textAt(source, 'prefix');
    const with_ = prefix === '' ? '' : ` with prefix '${prefix}'`;
    w.write(
      3,
      `${textAt(ref, 'name')}\t${ref === undefined ? '' : kind}${with_}\tOptional: ${boolText(ref, 'optional')}\n`,
    );
  }
}

/** Source: `describeContainerEnvVars`. */
function environment(w: DescribeWriter, container: JsonValue, pod: JsonValue | undefined): void {
  const variables = arrayAt(container, 'env');
  w.write(2, `Environment:${variables.length === 0 ? '\t<none>' : ''}\n`);
  for (const variable of variables) {
    const name = textAt(variable, 'name');
    const from = objectAt(variable, 'valueFrom');
    if (from === undefined) {
      const lines = textAt(variable, 'value').split('\n');
      lines.forEach((line, index) => w.write(3, index === 0 ? `${name}:\t${line}\n` : `\t${line}\n`));
      continue;
    }
    const [field, resource] = [objectAt(from, 'fieldRef'), objectAt(from, 'resourceFieldRef')];
    const [secret, configMap] = [objectAt(from, 'secretKeyRef'), objectAt(from, 'configMapKeyRef')];
    if (field !== undefined) {
      const [version, path] = [textAt(field, 'apiVersion'), textAt(field, 'fieldPath')];
      w.write(3, `${name}:\t${pod === undefined ? '' : fieldText(pod, path)} (${version}:${path})\n`);
    } else if (resource !== undefined) {
      w.write(3, `${name}:\t${containerResourceText(container, resource)} (${textAt(resource, 'resource')})\n`);
    } else if (secret !== undefined) {
      const told = `<set to the key '${textAt(secret, 'key')}' in secret '${textAt(secret, 'name')}'>`;
      w.write(3, `${name}:\t${told}\tOptional: ${boolText(secret, 'optional')}\n`);
    } else if (configMap !== undefined) {
      const told = `<set to the key '${textAt(configMap, 'key')}' of config map '${textAt(configMap, 'name')}'>`;
      w.write(3, `${name}:\t${told}\tOptional: ${boolText(configMap, 'optional')}\n`);
    }
  }
}

function mounts(w: DescribeWriter, container: JsonValue): void {
  const own = arrayAt(container, 'volumeMounts');
  const none = own.length === 0 ? '\t<none>' : '';
  w.write(2, `Mounts:${none}\n`);
  for (const mount of own.toSorted((a, b) => compareStrings(textAt(a, 'mountPath'), textAt(b, 'mountPath')))) {
    const path = textAt(mount, 'subPath');
    const flags = [
      booleanAt(mount, 'readOnly') === true ? 'ro' : 'rw',
      ...(path === '' ? [] : [`path=${quoteString(path)}`]),
    ];
    w.write(3, `${textAt(mount, 'mountPath')} from ${textAt(mount, 'name')} (${flags.join(',')})\n`);
  }
  const devices = arrayAt(container, 'volumeDevices');
  if (devices.length === 0) return;
  w.write(2, `Devices:${none}\n`);
  for (const device of devices.toSorted((a, b) => compareStrings(textAt(a, 'devicePath'), textAt(b, 'devicePath'))))
    w.write(3, `${textAt(device, 'devicePath')} from ${textAt(device, 'name')}\n`);
}
