import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perRecord } from './spots.ts';

/** Objects of the old extensions group; the check of apiVersions says what to write instead. */
export const noExtensionsV1beta: Lint = {
  id: 'no-extensions-v1beta',
  group: 'hygiene',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'no-extensions-v1beta',
  find: perRecord(({ object }) => {
    const { group, version } = groupVersionKindOf(object);
    return group.includes('extensions') && /v1beta./.test(version)
      ? [{ at: ['apiVersion'], params: { apiVersion: object.apiVersion } }]
      : NO_SPOTS;
  }),
};
