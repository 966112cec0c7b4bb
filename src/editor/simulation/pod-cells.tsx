import { memo } from 'react';
import type { FramePod, PodState } from '../../workspace/simulation/frame.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';

/** More Pods than this of one owner are a stack: a bar with figures. */
export const MOST_CELLS = 30;

export const POD_STATES: readonly PodState[] = [
  'ready',
  'running',
  'creating',
  'pending',
  'waiting',
  'failed',
  'terminating',
  'succeeded',
];

/** `shop/web-0: cannot start (ImagePullBackOff) · 2 restarts`. */
export function podWords(t: Text, { namespace, name, state, reason, restarts }: FramePod): string {
  return `${namespace}/${name}: ${t(`simulation:pod.${state}`)}${reason === undefined ? '' : ` (${reason})`}${
    restarts > 0 ? ` · ${t('simulation:restarts', { count: restarts })}` : ''
  }`;
}

/** One Pod: shape, colour and letter say how it is, a number how often its containers were restarted. */
const PodCell = memo(function PodCell({ pod, t }: { readonly pod: FramePod; readonly t: Text }) {
  const words = podWords(t, pod);
  return (
    <span
      className={`pod-cell pod-${pod.state}`}
      data-uid={pod.uid}
      data-pick={`Pod/${pod.name}`}
      title={words}
      // Words that are hidden would each be a layer of its own to the browser, of which there are thousands.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is drawn with letters
      role="img"
      aria-label={words}
    >
      <i aria-hidden>{t(`rehearsal:letter.${pod.state}`)}</i>
      {pod.restarts > 0 && (
        <b className="pod-restarts" aria-hidden>
          {pod.restarts}
        </b>
      )}
    </span>
  );
});

interface PodCellsProps {
  readonly pods: readonly FramePod[];
  readonly most: number;
}

/** Pods as small signs; of many the rest is a number. */
export const PodCells = memo(function PodCells({ pods, most }: PodCellsProps) {
  const t = useText();
  const shown = pods.length > most ? pods.slice(0, most - 1) : pods;
  return (
    <span className="pod-cells">
      {shown.map((pod) => (
        <PodCell key={pod.uid} pod={pod} t={t} />
      ))}
      {shown.length < pods.length && <span className="pod-more">+{pods.length - shown.length}</span>}
    </span>
  );
});

/** Pods of one owner: signs, or a stack where they are many. */
export function PodGroup({ pods }: { readonly pods: readonly FramePod[] }) {
  return pods.length > MOST_CELLS ? <PodStack pods={pods} /> : <PodCells pods={pods} most={MOST_CELLS} />;
}

/** How many Pods are in each state, the states in one order. */
export function countStates(pods: readonly FramePod[]): readonly (readonly [PodState, number])[] {
  const counts = new Map<PodState, number>();
  for (const { state } of pods) counts.set(state, (counts.get(state) ?? 0) + 1);
  return POD_STATES.flatMap((state) => (counts.has(state) ? [[state, counts.get(state)!] as const] : []));
}

function PodStack({ pods }: { readonly pods: readonly FramePod[] }) {
  const t = useText();
  const counts = countStates(pods);
  const states = counts
    .map(([state, count]) => t('rehearsal:stateCount', { count, state: t(`simulation:pod.${state}`) }))
    .join(', ');
  const words = t('rehearsal:stack', { count: pods.length, states });
  return (
    <span className="pod-stack" title={words}>
      <span className="visually-hidden">{words}</span>
      <span className="pod-stack-bar" aria-hidden>
        {counts.map(([state, count]) => (
          <i key={state} className={`pod-${state}`} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className="pod-stack-counts" aria-hidden>
        {counts.map(([state, count]) => (
          <span key={state}>
            {t(`rehearsal:letter.${state}`)} {count}
          </span>
        ))}
      </span>
    </span>
  );
}

/** What the signs mean. */
export function PodKey() {
  const t = useText();
  return (
    <ul className="pod-key" aria-label={t('rehearsal:key')}>
      {POD_STATES.map((state) => (
        <li key={state}>
          <span className={`pod-cell pod-${state}`} aria-hidden>
            <i>{t(`rehearsal:letter.${state}`)}</i>
          </span>
          {t(`simulation:pod.${state}`)}
        </li>
      ))}
    </ul>
  );
}
