import { unsortedMaps } from '../../manifest/unsorted-maps.ts';
import { documentOf } from '../records.ts';
import type { Lint } from './lint.ts';

/** Maps whose keys do not stand in alphabetical order. */
export const sortedKeys: Lint = {
  id: 'sorted-keys',
  group: 'hygiene',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'sorted-keys',
  find: (context) =>
    [...context.design.records.values()].flatMap((record) => {
      const { text, format } = documentOf(context.design, record);
      return unsortedMaps(text, format, record.path).map((field) => ({ record: record.id, field }));
    }),
};
