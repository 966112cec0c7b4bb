import type { KubernetesObject } from '../../apimachinery/object.ts';
import { CLOUD, nodesBehind } from '../cloud/cloud.ts';
import type { ComponentId } from '../component.ts';
import type { DnsReply, DnsType } from '../coredns/answer-question.ts';
import { answerQuestion } from '../coredns/answer-question.ts';
import { dnsRecords } from '../coredns/coredns.ts';
import { allRules } from '../kubeproxy/proxy-rules.ts';
import { iptablesText } from '../kubeproxy/node-rules.ts';
import type { LinuxState } from './linux.ts';
import type { Machines } from './machines.ts';
import { senderOf } from './sender.ts';
import type { ServingNode } from './serve-packet.ts';
import type { TrafficOrder } from './traffic.ts';
import type { WhereTo } from './where-to.ts';
import { whereTo } from './where-to.ts';

/** A moment of a run, to look at. */
export interface Moment {
  readonly nowMs: number;
  stateOf(component: ComponentId): unknown;
}

export function rulesText(moment: Moment, machine: string): string | undefined {
  const rules = (moment.stateOf(`linux/${machine}`) as LinuxState | undefined)?.rules;
  return rules === undefined ? undefined : iptablesText(allRules(rules));
}

/** What CoreDNS would answer at a moment; undefined where it does not run. */
export function dnsReplyAt(moment: Moment, name: string, type: DnsType): DnsReply | undefined {
  const records = dnsRecords(moment.stateOf('coredns-0'));
  return records && answerQuestion(name, type, records);
}

/** Where a request would go at a moment; undefined where there is no such sender. */
export function whereToAt(
  moment: Moment,
  machines: Machines,
  pods: readonly KubernetesObject[],
  { from, to, port, protocol, path }: Omit<TrafficOrder, 'timeoutMs'>,
): WhereTo | undefined {
  const sender = senderOf(from, machines, pods);
  if (sender === undefined) return undefined;
  const { nowMs } = moment;
  return whereTo(
    {
      nowMs,
      machines,
      dns: dnsRecords(moment.stateOf('coredns-0')),
      rulesOf: (machine) => (moment.stateOf(`linux/${machine}`) as LinuxState | undefined)?.rules,
      policiesOf: (machine) => (moment.stateOf(`linux/${machine}`) as LinuxState | undefined)?.policies,
      servingOn: (machine) => moment.stateOf(`containerd/${machine}`) as ServingNode | undefined,
      balancedTo: (packet) => nodesBehind(moment.stateOf(CLOUD), packet),
      isRunning: (component) => moment.stateOf(component) !== undefined,
    },
    { ...sender, host: to, port, protocol, path },
  );
}
