import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Finding, Lint } from './lint.ts';

/** Directories of the node by the name of their volume. */
export function hostPathsOf(spec: JsonObject): ReadonlyMap<string, string> {
  return new Map(
    arrayAt(spec, 'volumes').flatMap((volume): readonly [string, string][] =>
      objectAt(volume, 'hostPath')
        ? [[stringAt(volume, 'name') ?? '', stringAt(volume, 'hostPath', 'path') ?? '']]
        : [],
    ),
  );
}

/** Each mount of a directory of the node that is one of those. */
export function hostMounts(directories: readonly { test(path: string): boolean }[]): Lint['find'] {
  return (context) =>
    [...context.askedWorkloads()].flatMap(({ record, template, spec, containers }) =>
      [...hostPathsOf(spec)].flatMap(([volume, path]) =>
        directories
          .filter((directory) => directory.test(path))
          .flatMap(() =>
            containers.flatMap(({ container, name, list, index }) =>
              arrayAt(container, 'volumeMounts').flatMap((mount, place): readonly Finding[] =>
                stringAt(mount, 'name') === volume
                  ? [
                      {
                        record: record.id,
                        field: [...template.specPath, list, index, 'volumeMounts', place],
                        params: { container: name, path },
                      },
                    ]
                  : [],
              ),
            ),
          ),
      ),
    );
}
