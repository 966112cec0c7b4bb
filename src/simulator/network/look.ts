import type { KubernetesObject } from '../../apimachinery/object.ts';
import { CLOUD, nodesBehind } from '../cloud/cloud.ts';
import type { ComponentId } from '../component.ts';
import type { DnsReply, DnsType } from '../coredns/answer-question.ts';
import { answerQuestion } from '../coredns/answer-question.ts';
import { dnsRecords } from '../coredns/coredns.ts';
import { allRulesText, rulesOfService, waningOf } from '../kubeproxy/proxy-rules.ts';
import { familyNumber } from './addresses.ts';
import type { LinuxState } from './linux.ts';
import type { TraceEntry } from '../kernel/trace.ts';
import type { Machines } from './machines.ts';
import { machineAt } from './machines.ts';
import { wireOfEntry } from './pod-network/wire-of-entry.ts';
import type { WireStep } from './pod-network/wire-step.ts';
import { senderOf } from './sender.ts';
import type { ServingNode } from './serve-packet.ts';
import { primaryPodIp } from './serve-packet.ts';
import type { TrafficOrder } from './traffic.ts';
import type { WhereTo } from './where-to.ts';
import { whereTo } from './where-to.ts';

/** A moment of a run, to look at. */
export interface Moment {
  readonly nowMs: number;
  stateOf(component: ComponentId): unknown;
}

/** The rules of a machine, as the programs of its proxy mode print them. */
export function rulesText(moment: Moment, machine: string): string | undefined {
  const kernel = kernelOf(moment, machine);
  return kernel?.rules && allRulesText(kernel.rules, waningOf(kernel, kernel.rules, moment.nowMs));
}

/** The rules of a machine that are there for a Service. */
export function rulesAbout(moment: Moment, machine: string, service: KubernetesObject): readonly string[] {
  const kernel = kernelOf(moment, machine);
  return kernel?.rules === undefined
    ? []
    : rulesOfService(kernel.rules, service, waningOf(kernel, kernel.rules, moment.nowMs));
}

function kernelOf(moment: Moment, machine: string): LinuxState | undefined {
  return moment.stateOf(`linux/${machine}`) as LinuxState | undefined;
}

/** What CoreDNS would answer at a moment; undefined where it does not run. */
export function dnsReplyAt(moment: Moment, name: string, type: DnsType): DnsReply | undefined {
  const records = dnsRecords(moment.stateOf('coredns-0'));
  return records && answerQuestion(name, type, records);
}

/** The way of a packet over the machine that a step tells of, device by device. */
export function wireAt(
  moment: Moment,
  machines: Machines,
  entry: TraceEntry,
  cause: TraceEntry | undefined,
): readonly WireStep[] {
  return wireOfEntry(machines, entry, cause, (ip) => {
    const machine = machineAt(machines, ip);
    const serving = machine && (moment.stateOf(`containerd/${machine.name}`) as ServingNode | undefined);
    return serving === undefined ? ip : primaryPodIp(serving, ip);
  });
}

/** Where a request would go at a moment; undefined where there is no such sender. */
export function whereToAt(
  moment: Moment,
  machines: Machines,
  pods: readonly KubernetesObject[],
  { from, to, port, protocol, path, ipFamily }: Omit<TrafficOrder, 'timeoutMs'>,
): WhereTo | undefined {
  const sender = senderOf(from, machines, pods);
  if (sender === undefined) return undefined;
  const { nowMs } = moment;
  return whereTo(
    {
      nowMs,
      machines,
      dns: dnsRecords(moment.stateOf('coredns-0')),
      rulesOf: (machine) => kernelOf(moment, machine)?.rules,
      policiesOf: (machine) => kernelOf(moment, machine)?.policies,
      servingOn: (machine) => moment.stateOf(`containerd/${machine}`) as ServingNode | undefined,
      balancedTo: (packet) => nodesBehind(moment.stateOf(CLOUD), packet),
      isRunning: (component) => moment.stateOf(component) !== undefined,
    },
    {
      ...sender,
      host: to,
      port,
      protocol,
      path,
      ...(ipFamily === undefined ? {} : { family: familyNumber(ipFamily) }),
    },
  );
}
