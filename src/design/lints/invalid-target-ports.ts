import { arrayAt, nameAt, valueAt } from '../../base/json.ts';
import { validatePortName, validatePortNumber } from '../../apimachinery/value-formats.ts';
import type { Lint } from './lint.ts';
import { perContainer, perObject } from './spots.ts';

/** Names and numbers of ports that the API server refuses. */
export const invalidTargetPorts: Lint = {
  id: 'invalid-target-ports',
  group: 'network',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'invalid-target-ports',
  find: (context) => [
    ...perContainer(({ container }) =>
      arrayAt(container, 'ports').flatMap((port, index) => {
        const name = nameAt(port, 'name');
        const at = ['ports', index, 'name'];
        return name === undefined
          ? []
          : validatePortName(name).map((reason) => ({ at, params: { port: name, reason } }));
      }),
    )(context),
    ...perObject('Service', ['v1'], ({ object }) =>
      arrayAt(object, 'spec', 'ports').flatMap((entry, index) => {
        const port = valueAt(entry, 'targetPort');
        const at = ['spec', 'ports', index, 'targetPort'];
        const reasons =
          typeof port === 'string'
            ? validatePortName(port)
            : typeof port === 'number' && port !== 0
              ? validatePortNumber(port)
              : [];
        return reasons.map((reason) => ({ at, params: { port: String(port), reason } }));
      }),
    )(context),
  ],
};
