import type { FramePod } from '../../workspace/simulation/frame.ts';
import { useText } from '../i18n.ts';

/** Pods as small squares: colour and outline say how each is; the rest of many is a number. */
export function PodCells({ pods, most }: { readonly pods: readonly FramePod[]; readonly most: number }) {
  const t = useText();
  const shown = pods.length > most ? pods.slice(0, most - 1) : pods;
  return (
    <span className="pod-cells">
      {shown.map((pod) => {
        const words = `${pod.namespace}/${pod.name}: ${t(`simulation:pod.${pod.state}`)}${
          pod.reason === undefined ? '' : ` (${pod.reason})`
        }${pod.restarts > 0 ? ` · ${t('simulation:restarts', { count: pod.restarts })}` : ''}`;
        return (
          <span key={`${pod.namespace}/${pod.name}`} className={`pod-cell pod-${pod.state}`} title={words}>
            <span className="visually-hidden">{words}</span>
          </span>
        );
      })}
      {shown.length < pods.length && <span className="pod-more">+{pods.length - shown.length}</span>}
    </span>
  );
}
