import type { Milestone } from '../../workspace/simulation/simulation.ts';
import { sentence } from '../i18n.ts';
import type { Text } from '../i18n.ts';

/** `Pod web-0 is ready`. */
export function milestoneText(t: Text, { type, object }: Milestone): string {
  const [kind = '', namespace = '', name] = object.split('/');
  const fault = t(`simulation:fault.${kind as 'node-failure'}`, { defaultValue: kind });
  const place = namespace === '' || namespace === 'default' ? '' : `${namespace}/`;
  const words = name === undefined ? fault : `${kind} ${place}${name}`;
  return sentence(t, 'rehearsal', `milestone.${type}`, { object: words });
}
