import type { MenuEntry } from '../../../kit/menu.tsx';
import type { Frame, FramePod } from '../../../workspace/simulation/frame.ts';
import type { FaultOffer, FaultTarget } from '../../../workspace/simulation/fault-offers.ts';
import { faultOffers, isBroken, mendOffer } from '../../../workspace/simulation/fault-offers.ts';
import type { Simulation } from '../../../workspace/simulation/simulation.ts';
import type { Text } from '../../i18n.ts';
import { useSimulationState } from '../simulation-context.ts';
import { useAnswer } from '../use-answer.ts';
import { openLedger } from '../ledger-state.ts';
import { openSendForm } from '../traffic/send-form-state.ts';
import { takesRequests } from '../traffic/takes-requests.ts';
import { askWhy } from '../why/why-target.ts';

/** How long a fault for a while lasts, in milliseconds of the run. */
export const WHILE_MS = 30_000;
/** Most Pods of a Node that the menu leads to. */
const MOST_PODS = 30;

interface FaultEntries {
  readonly entries: readonly MenuEntry[];
  /** Some of them can last for a while only, which is asked for apart. */
  readonly canPass: boolean;
  /** What lies inside and has faults of its own. */
  readonly inside: readonly { readonly target: FaultTarget; readonly label: string }[];
}

/** `forMs`: how long those that can pass last; undefined: until somebody mends them. */
export function useFaultEntries(
  simulation: Simulation,
  t: Text,
  target: FaultTarget,
  forMs: number | undefined,
): FaultEntries {
  const frame = useSimulationState((state) => state.moment?.frame);
  const isPod = target.startsWith('pod/');
  const [, namespace = '', name = ''] = target.split('/');
  const parts = useAnswer('containers', isPod ? { pod: `${namespace}/${name}` } : undefined) ?? [];
  const { branches, branch, seq } = simulation.store.getState();
  const [image] = parts.map((part) => part.image);
  const free = frame && freeName(frame);
  const offers = faultOffers(target, {
    ...(image === undefined ? {} : { image }),
    ...(free === undefined ? {} : { free }),
  });
  const broken = isBroken(target, branches[branch]?.entries ?? [], seq);
  if (forMs !== undefined) {
    const passing = offers.filter(({ passes }) => passes);
    return { entries: passing.map((offer) => entryOf(simulation, t, offer, forMs)), canPass: false, inside: [] };
  }
  const faults = [...(broken ? [mendOffer(target)] : []), ...offers].map((offer) => entryOf(simulation, t, offer));
  const object = objectOf(target);
  const why: readonly MenuEntry[] =
    object === undefined
      ? []
      : [
          {
            id: 'why',
            label: t('rehearsal:whyThis'),
            onAction: () => {
              askWhy(object);
              openLedger('why');
            },
          },
        ];
  return {
    canPass: offers.some(({ passes }) => passes),
    entries: [...why, ...sending(t, object), ...faults, ...commandsFor(simulation, target)],
    inside: insideOf(t, target, frame, parts),
  };
}

function entryOf(simulation: Simulation, t: Text, { words, order }: FaultOffer, forMs?: number): MenuEntry {
  const label = t(`rehearsal:fault.${words}`, { target: order.target ?? '', image: order.parameters?.['image'] ?? '' });
  const length = forMs === undefined ? '' : t('simulation:forSeconds', { count: forMs / 1000 });
  return {
    id: words,
    label: label + length,
    onAction: () => simulation.fault({ ...order, ...(forMs === undefined ? {} : { forMs }) }),
  };
}

/** Requests to what takes any. */
function sending(t: Text, object: string | undefined): readonly MenuEntry[] {
  if (object === undefined || !takesRequests(object.split('/')[0]!)) return [];
  return [{ id: 'send', label: t('traffic:sendTo'), onAction: () => openSendForm(object) }];
}

/** What a person at a terminal would do about it. */
function commandsFor(simulation: Simulation, target: FaultTarget): readonly MenuEntry[] {
  const [kind, first = '', second = ''] = target.split('/');
  const lines =
    kind === 'node'
      ? [`cordon ${first}`, `uncordon ${first}`, `drain ${first} --ignore-daemonsets --delete-emptydir-data --force`]
      : kind === 'pod'
        ? [`delete pod ${second} -n ${first} --wait=false`]
        : [];
  return lines.map((line) => ({
    id: line,
    label: `kubectl ${line.split(' --')[0]!}`,
    onAction: () => simulation.kubectl(line),
  }));
}

function objectOf(target: FaultTarget): string | undefined {
  const [kind, first = '', second = ''] = target.split('/');
  if (kind === 'node') return `Node//${first}`;
  return kind === 'pod' ? `Pod/${first}/${second}` : undefined;
}

function insideOf(
  t: Text,
  target: FaultTarget,
  frame: Frame | undefined,
  parts: readonly { readonly name: string }[],
): FaultEntries['inside'] {
  const [kind, first = '', second = ''] = target.split('/');
  if (kind === 'pod' && parts.length > 1)
    return parts.map(({ name }) => ({
      target: `container/${first}/${second}/${name}`,
      label: t('rehearsal:container', { name }),
    }));
  const pods = podsIn(target, frame);
  return pods.slice(0, MOST_PODS).map(({ namespace, name }) => ({
    target: `pod/${namespace}/${name}`,
    label: t('rehearsal:pod', { name: `${namespace}/${name}` }),
  }));
}

function podsIn(target: FaultTarget, frame: Frame | undefined): readonly FramePod[] {
  if (frame === undefined) return [];
  if (target === 'kube-scheduler') return frame.unplaced;
  return frame.nodes.find(({ name }) => `node/${name}` === target)?.pods ?? [];
}

/** `w4` where there are w1 to w3. */
function freeName({ nodes }: Frame): string {
  const taken = new Set(nodes.map(({ name }) => name));
  let number = 1;
  while (taken.has(`w${number}`)) number++;
  return `w${number}`;
}
