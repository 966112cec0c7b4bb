import type { FrameEndpoint } from '../../workspace/simulation/frame.ts';
import type { Text } from '../i18n.ts';
import type { CardLife } from './card-life.ts';

/** What a card says of its object while a run is open, in the place of the fact that the design says. */
export function lifeLine(t: Text, { isThere, counts, endpoints, node, pods }: CardLife): string {
  if (!isThere) return t('rehearsal:notThere');
  if (counts)
    return `${t('rehearsal:readyOf', { ready: counts.ready, desired: counts.desired })} · ${t('rehearsal:current', { count: counts.current })}`;
  if (endpoints) return endpointLine(t, endpoints);
  if (node) return t('rehearsal:nodeReady', { status: node });
  const [only] = pods ?? [];
  return pods?.length === 1 && only ? (only.reason ?? t(`simulation:pod.${only.state}`)) : '';
}

/** The shortest form, for a picture seen from far away. */
export function lifeFigure({ isThere, counts, endpoints }: CardLife): string {
  if (!isThere) return '–';
  if (counts) return `${counts.ready}/${counts.desired}`;
  return endpoints ? `${endpoints.filter(({ state }) => state === 'ready').length}/${endpoints.length}` : '';
}

/** Classes of a card whose object is in a cluster that runs. */
export function lifeLook({ isThere, refusal }: CardLife): string {
  return ` card-live${isThere ? '' : ' card-not-there'}${refusal ? ' card-refused' : ''}`;
}

function endpointLine(t: Text, endpoints: readonly FrameEndpoint[]): string {
  const count = (state: FrameEndpoint['state']): number =>
    endpoints.reduce((sum, one) => sum + (one.state === state ? 1 : 0), 0);
  const [notReady, ending] = [count('notReady'), count('terminating')];
  if (endpoints.length === 0) return t('rehearsal:noEndpoints');
  return [
    t('rehearsal:endpointsReady', { count: count('ready') }),
    notReady > 0 ? t('rehearsal:endpointsNotReady', { count: notReady }) : '',
    ending > 0 ? t('rehearsal:endpointsEnding', { count: ending }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
