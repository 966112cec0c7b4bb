import { stringAt } from '../../../base/json.ts';
import type { TraceEntry } from '../../kernel/trace.ts';
import type { Machines } from '../machines.ts';
import { machineAt } from '../machines.ts';
import { DNS_PORT } from '../route-packet.ts';
import { hostOf } from '../../kubeproxy/trace-packet.ts';
import type { WireStep } from './wire-step.ts';
import type { Passage } from './wire.ts';
import { wireSteps } from './wire.ts';

const KERNEL = 'linux/';

/**
 * The way of a packet over the machine that the step tells of, device by device; none where it tells of no packet that goes
 * on. `cause` is the step that brought it there.
 */
export function wireOfEntry(
  machines: Machines,
  entry: TraceEntry,
  cause: TraceEntry | undefined,
  primaryOf: Passage['primaryOf'],
): readonly WireStep[] {
  const { from, to, detail } = entry;
  const [sender, asked, sent] = ['from', 'asked', 'to'].map((field) => stringAt(detail, field));
  const isPacket = entry.class === 'packet' && from.startsWith(KERNEL) && to !== from;
  if (!isPacket || sender === undefined || asked === undefined || sent === undefined) return [];
  const name = from.slice(KERNEL.length);
  const machine = machines.byName.has(name) ? name : undefined;
  const isFurther = cause?.to === from && cause.class === 'packet';
  const isBalanced = isFurther && cause.from === 'cloud';
  // The step before says where it was sent; what a load balancer sends has its own address still.
  const came = isFurther && !isBalanced ? (stringAt(cause.detail, 'to') ?? asked) : asked;
  const after = headersOf(stringAt(detail, 'masqueradedAs') ?? sender, sent, stringAt(detail, 'protocol'));
  const before = { ...headersOf(sender, came, stringAt(detail, 'protocol')), isBalanced };
  return wireSteps(machines, { machine, before, after, to: routeOf(machines, name, to, after.toIp), primaryOf });
}

function headersOf(fromIp: string, address: string, protocol: string | undefined) {
  const port = Number(address.slice(address.lastIndexOf(':') + 1));
  return { fromIp, toIp: hostOf(address), port, protocol: protocol ?? (port === DNS_PORT ? 'udp' : 'tcp') };
}

function routeOf(machines: Machines, own: string, to: string, toIp: string): Passage['to'] {
  if (to.startsWith(KERNEL)) return 'machine';
  if (to.startsWith('containerd/')) return 'pod';
  if (to === 'cloud') return 'balancer';
  return machineAt(machines, toIp)?.name === own ? 'process' : 'public-dns';
}
