import { arrayAt, stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Services without ports. */
export const serviceWithoutPorts: Lint = {
  id: 'service-without-ports',
  group: 'network',
  severity: 'info',
  defaultOn: true,
  find: perObject('Service', ['v1'], ({ object }) => {
    const isOther = stringAt(object, 'spec', 'type') === 'ExternalName';
    return !isOther && arrayAt(object, 'spec', 'ports').length === 0 ? [{ at: ['spec', 'ports'] }] : NO_SPOTS;
  }),
};
