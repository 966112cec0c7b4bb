import { arrayAt, stringAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { perPod } from './spots.ts';

/** Volumes that no container mounts. */
export const unusedVolume: Lint = {
  id: 'unused-volume',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: perPod(({ spec, containers }) => {
    const mounted = new Set(
      containers.flatMap(({ container }) =>
        ['volumeMounts', 'volumeDevices'].flatMap((list) =>
          arrayAt(container, list).map((mount) => stringAt(mount, 'name')),
        ),
      ),
    );
    return arrayAt(spec, 'volumes').flatMap((volume, index) => {
      const name = stringAt(volume, 'name');
      return name === undefined || mounted.has(name) ? [] : [{ at: ['volumes', index], params: { volume: name } }];
    });
  }),
  fix: (problem, context) => {
    const volumes = arrayAt(context.design.records.get(problem.record)?.object, ...problem.field.slice(0, -1));
    const namesakes = volumes.filter((volume) => stringAt(volume, 'name') === problem.params['volume']);
    return namesakes.length === 1 ? removeIt(problem, context) : [];
  },
};
