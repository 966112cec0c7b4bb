import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, valueAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { isWithin } from '../behaviour/behaviour.ts';
import { execAnswer } from '../behaviour/exec.ts';

export type ProbeType = 'startup' | 'readiness' | 'liveness';

/** What a probe meets. */
export interface Probed {
  readonly probe: JsonValue;
  readonly type: ProbeType;
  readonly container: JsonValue;
  readonly behaviour: Behaviour;
  readonly isFrozen: boolean;
  readonly podIp: string;
}

/**
 * Why a probe fails at a moment, in milliseconds since the start of the container; undefined where it succeeds.
 * Source of the words: pkg/probe/{http,tcp,exec,grpc}, 1.36.
 */
export function probeFailure(probed: Probed, sinceStartMs: number): string | undefined {
  const { probe, behaviour } = probed;
  const isListening = sinceStartMs >= (behaviour.startMs ?? 0);
  const well = isWell(probed, sinceStartMs);
  const get = objectAt(probe, 'httpGet');
  const timeout = `${numberAt(probe, 'timeoutSeconds') ?? 1}s`;
  if (get !== undefined) {
    const port = portOf(probed.container, valueAt(get, 'port'));
    const host = nameAt(get, 'host') ?? probed.podIp;
    const path = nameAt(get, 'path') ?? '/';
    const scheme = (nameAt(get, 'scheme') ?? 'HTTP').toLowerCase();
    const url = `Get "${scheme}://${host}:${port}${path.startsWith('/') ? path : `/${path}`}"`;
    if (!isListening) return `${url}: dial tcp ${host}:${port}: connect: connection refused`;
    if (probed.isFrozen) return `${url}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
    const told = behaviour.http?.find((answer) => answer.path === path && isWithin(answer, sinceStartMs))?.code;
    const code = told ?? (well ? 200 : 503);
    return code >= 200 && code < 400 ? undefined : `HTTP probe failed with statuscode: ${code}`;
  }
  const socket = objectAt(probe, 'tcpSocket');
  if (socket !== undefined) {
    const host = nameAt(socket, 'host') ?? probed.podIp;
    const port = portOf(probed.container, valueAt(socket, 'port'));
    return isListening ? undefined : `dial tcp ${host}:${port}: connect: connection refused`;
  }
  const grpc = objectAt(probe, 'grpc');
  if (grpc !== undefined) {
    const address = `"${probed.podIp}:${String(valueAt(grpc, 'port') ?? '')}"`;
    const late = `timeout: failed to connect service ${address} within ${timeout}: context deadline exceeded`;
    if (!isListening || probed.isFrozen) return late;
    return well ? undefined : 'service unhealthy (responded with "NOT_SERVING")';
  }
  return execFailure(probed, sinceStartMs, timeout, well);
}

function execFailure(probed: Probed, sinceStartMs: number, timeout: string, well: boolean): string | undefined {
  const command = arrayAt(probed.probe, 'exec', 'command').map(String);
  const told = execAnswer(probed.behaviour, command, sinceStartMs);
  const takesMs = probed.isFrozen ? Infinity : (told.takesMs ?? 0);
  if (takesMs > (numberAt(probed.probe, 'timeoutSeconds') ?? 1) * 1000)
    return `command timed out: ${JSON.stringify(command.join(' '))} timed out after ${timeout}`;
  if (told.command !== '') return (told.exitCode ?? 0) === 0 ? undefined : (told.output ?? '');
  return well ? undefined : '';
}

/** Whether the process is well in the sense of the probe: it has started, is ready, is alive. */
function isWell({ type, behaviour }: Probed, atMs: number): boolean {
  const { startMs = 0, readyAfterMs = startMs, notReady = [], unhealthyAfterMs = Infinity } = behaviour;
  if (atMs >= unhealthyAfterMs) return false;
  if (type !== 'readiness') return atMs >= startMs;
  return atMs >= readyAfterMs && !notReady.some((span) => isWithin(span, atMs));
}

/** The next moment after one at which a probe may come to something else; undefined where nothing changes any more. */
export function nextChangeMs({ behaviour }: Probed, afterMs: number): number | undefined {
  const { startMs, readyAfterMs, unhealthyAfterMs, notReady = [], http = [], exec = [] } = behaviour;
  const moments = [startMs, readyAfterMs, unhealthyAfterMs];
  for (const { fromMs, untilMs } of [...notReady, ...http, ...exec]) moments.push(fromMs, untilMs);
  const later = moments.filter(
    (moment): moment is number => moment !== undefined && moment > afterMs && moment < Infinity,
  );
  return later.length === 0 ? undefined : Math.min(...later);
}

/** Source: pkg/probe/util.go `ResolveContainerPort`, 1.36. */
function portOf(container: JsonValue, port: JsonValue | undefined): string {
  if (typeof port !== 'string') return String(port ?? '');
  const named = arrayAt(container, 'ports').find((candidate) => nameAt(candidate, 'name') === port);
  return named === undefined ? port : String(valueAt(named, 'containerPort') ?? '');
}
