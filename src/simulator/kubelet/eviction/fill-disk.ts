import type { Context } from '../../component.ts';
import type { KubeletState } from '../state.ts';
import { considerPressure } from './look.ts';
import { capacitiesOf } from './node-resources.ts';
import { thresholdsOf } from './settings.ts';

/** Method with which something that is no Pod fills a part of a Node's disk. */
export const FILL_DISK = 'fill-disk';

/** So many hundredths of the disk are in use by something else; 0: nothing any more. */
export function fillDisk(state: KubeletState, percent: number, context: Context): void {
  const capacity = capacitiesOf(state, thresholdsOf(context.numbers.kubelet.eviction))['nodefs.available'] ?? 0;
  state.foreignDiskBytes = Math.round((capacity * percent) / 100);
  considerPressure(state, context);
}
