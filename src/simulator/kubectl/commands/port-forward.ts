import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, stringAt, valueAt } from '../../../base/json.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import { podFor } from '../containers.ts';
import { textFlag } from '../generators/generator.ts';
import { SELECTING } from '../resources.ts';
import { streamError } from '../stream-error.ts';

interface ForwardedPort {
  readonly local: number;
  readonly remote: number;
}

/** Ports of the laptop that are taken where none is named: the system's own choice. Source: Linux, ip_local_port_range. */
const [LEAST_PORT, MOST_PORT] = [32_768, 60_999];

/**
 * Ports of a Pod on the laptop: requests `from: outside` to `localhost` come to them.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/portforward/portforward.go, client-go/tools/portforward/portforward.go, 1.36.
 */
export const portForward: KubectlCommand = {
  name: 'port-forward',
  flags: { namespace: SELECTING.namespace, address: { type: 'text' }, 'pod-running-timeout': { type: 'text' } },
  run(terminal, flags) {
    const [word, ...wanted] = flags.positionals;
    if (word === undefined || wanted.length === 0)
      throw new KubectlError(
        "error: TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and examples",
      );
    const { object, pod } = podFor(terminal, flags, word);
    const declared = object.kind === 'Service' ? arrayAt(object, 'spec', 'ports') : portsOfPod(pod);
    refuseUdp(object, declared, wanted);
    const ports = wanted
      .map((port) => (object.kind === 'Service' ? ofService(object, pod, port) : ofPod(pod, port)))
      .map((port) => forwardedPort(terminal, port));
    const phase = stringAt(pod, 'status', 'phase') ?? '';
    if (phase !== 'Running')
      throw new KubectlError(`error: unable to forward port because pod is not running. Current status=${phase}`);
    forward(terminal, pod, ports, textFlag(flags, 'address') || 'localhost');
    return 1;
  },
};

function forward(terminal: Terminal, pod: KubernetesObject, ports: readonly ForwardedPort[], address: string): void {
  const stream = terminal.watch({
    verb: 'create',
    resource: { group: '', version: 'v1', plural: 'pods' },
    namespace: namespaceOf(pod) ?? '',
    name: nameOf(pod),
    subresource: 'portforward',
    options: { connect: { ports: ports.map(({ remote }) => remote) } },
  });
  const opened = terminal.pieces([stream], Infinity);
  if (opened?.failure !== undefined)
    throw new KubectlError(
      streamError(opened.failure).replace(/^error: unable/, 'error: error upgrading connection: unable'),
    );
  const taken = ports.filter(({ local, remote }) => !terminal.listen(local, { stream, port: remote }));
  for (const { local } of taken)
    terminal.err(
      `Unable to listen on port ${local}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:${local}: bind: address already in use unable to create listener: Error listen tcp6 [::1]:${local}: bind: address already in use]\n`,
    );
  if (taken.length === ports.length)
    throw new KubectlError(
      `error: unable to listen on any of the requested ports: [${ports.map(({ local, remote }) => `{${local} ${remote}}`).join(' ')}]`,
    );
  const hosts = address === 'localhost' ? ['127.0.0.1', '[::1]'] : address.split(',');
  for (const one of ports)
    if (!taken.includes(one))
      for (const host of hosts) terminal.out(`Forwarding from ${host}:${one.local} -> ${one.remote}\n`);
  for (;;) {
    const came = terminal.pieces([stream], Infinity);
    if (came === undefined) continue;
    terminal.out(came.text);
    if (came.failure !== undefined && came.failure.message !== '' && came.failure.code !== 0)
      terminal.err(`${came.failure.message}\n`);
    if (came.isOver) throw new KubectlError('error: lost connection to pod');
  }
}

function portsOfPod(pod: KubernetesObject): readonly JsonValue[] {
  return arrayAt(pod, 'spec', 'containers').flatMap((container) => arrayAt(container, 'ports'));
}

/** Source: portforward.go `splitPort`. */
function split(port: string): readonly [string, string] {
  const colon = port.indexOf(':');
  return colon < 0 ? [port, port] : [port.slice(0, colon), port.slice(colon + 1)];
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

/** Source: portforward.go `checkUDPPorts`. */
function refuseUdp(object: KubernetesObject, declared: readonly JsonValue[], wanted: readonly string[]): void {
  const numberOf = (port: JsonValue): number | undefined =>
    numberAt(port, object.kind === 'Service' ? 'port' : 'containerPort');
  const numbers = (protocol: string): readonly (number | undefined)[] =>
    declared.filter((port) => (stringAt(port, 'protocol') ?? 'TCP') === protocol).map(numberOf);
  const [udp, tcp] = [numbers('UDP'), numbers('TCP')];
  for (const port of wanted) {
    const [, remote] = split(port);
    const number = isNumber(remote)
      ? Number(remote)
      : numberOf(declared.find((one) => stringAt(one, 'name') === remote) ?? {});
    if (number !== undefined && udp.includes(number) && !tcp.includes(number))
      throw new KubectlError(`error: UDP protocol is not supported for ${remote}`);
  }
}

/** Source: portforward.go `convertPodNamedPortToNumber`. */
function ofPod(pod: KubernetesObject, port: string): string {
  const [local, remote] = split(port);
  if (remote === '') throw new KubectlError('error: remote port cannot be empty');
  const number = isNumber(remote) ? remote : String(namedPort(pod, remote));
  return local === remote ? number : `${local}:${number}`;
}

/** Source: staging/src/k8s.io/kubectl/pkg/util/pod_port.go `LookupContainerPortNumberByName`, 1.36. */
function namedPort(pod: KubernetesObject, name: string): number {
  const found = ['containers', 'initContainers']
    .flatMap((field) => arrayAt(pod, 'spec', field))
    .flatMap((container) => arrayAt(container, 'ports'))
    .find((port) => stringAt(port, 'name') === name);
  const number = numberAt(found, 'containerPort');
  if (number === undefined) throw new KubectlError(`error: Pod '${nameOf(pod)}' does not have a named port '${name}'`);
  return number;
}

/** Source: portforward.go `translateServicePortToTargetPort`, pkg/util/service_port.go, 1.36. */
function ofService(service: KubernetesObject, pod: KubernetesObject, port: string): string {
  const [local, remote] = split(port);
  const ports = arrayAt(service, 'spec', 'ports');
  const number = isNumber(remote)
    ? Number(remote)
    : numberAt(
        ports.find((one) => stringAt(one, 'name') === remote),
        'port',
      );
  if (number === undefined)
    throw new KubectlError(`error: Service '${nameOf(service)}' does not have a named port '${remote}'`);
  const served = ports.find((one) => numberAt(one, 'port') === number);
  if (served === undefined)
    throw new KubectlError(`error: Service ${nameOf(service)} does not have a service port ${number}`);
  const target = valueAt(served, 'targetPort');
  const isHeadless = stringAt(service, 'spec', 'clusterIP') === 'None';
  const reached =
    isHeadless || target === undefined || target === 0
      ? number
      : typeof target === 'string'
        ? namedPort(pod, target)
        : Number(target);
  const here = local === remote ? String(number) : local;
  return here === String(reached) ? here : `${here}:${reached}`;
}

/** Source: client-go/tools/portforward/portforward.go `parsePorts`. */
function forwardedPort(terminal: Terminal, port: string): ForwardedPort {
  const [local, remote, ...more] = port.includes(':') ? port.split(':') : [port, port];
  if (more.length > 0) throw new KubectlError(`error: invalid port format '${port}'`);
  const read = (text: string, side: string): number => {
    if (isNumber(text) && Number(text) < 65_536) return Number(text);
    const why = isNumber(text) ? 'value out of range' : 'invalid syntax';
    throw new KubectlError(`error: error parsing ${side} port '${text}': strconv.ParseUint: parsing "${text}": ${why}`);
  };
  const [own, other] = [read(local || '0', 'local'), read(remote ?? '', 'remote')];
  if (other === 0) throw new KubectlError('error: remote port must be > 0');
  return { local: own === 0 ? terminal.freePort(LEAST_PORT, MOST_PORT) : own, remote: other };
}
