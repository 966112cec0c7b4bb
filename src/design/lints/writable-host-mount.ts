import { arrayAt, booleanAt, stringAt } from '../../base/json.ts';
import { hostPathsOf } from './host-mounts.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';

/** Containers that may write to a directory of the node. */
export const writableHostMount: Lint = {
  id: 'writable-host-mount',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'writable-host-mount',
  find: (context) =>
    [...context.askedWorkloads()].flatMap(({ record, template, spec, containers }) => {
      const paths = hostPathsOf(spec);
      if (paths.size === 0) return [];
      return containers.flatMap(({ container, name, list, index }) =>
        arrayAt(container, 'volumeMounts').flatMap((mount, place) => {
          const path = paths.get(stringAt(mount, 'name') ?? '');
          if (booleanAt(mount, 'readOnly') === true || path === undefined) return [];
          const field = [...template.specPath, list, index, 'volumeMounts', place, 'readOnly'];
          return [{ record: record.id, field, params: { container: name, path } }];
        }),
      );
    }),
  fix: setTo(true),
};
