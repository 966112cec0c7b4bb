import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Terminal } from './command.ts';
import type { Target } from './resources.ts';
import { callOf, resourceOf } from './resources.ts';

/**
 * Follows one object until something is so: a GET, then a watch from there. Gives the object as it was then, or how it
 * ended: `gone` where it was deleted, `late` where the time came first.
 */
export function follow(
  terminal: Terminal,
  target: Target,
  untilMs: number,
  isDone: (object: KubernetesObject) => boolean,
): KubernetesObject | 'gone' | 'late' {
  const first = terminal.call(callOf('get', target));
  if (!first.ok) return 'gone';
  if (isDone(first.object)) return first.object;
  const { namespace } = callOf('watch', target);
  const metadata = first.object['metadata'] as unknown as { readonly resourceVersion?: string };
  const watch = terminal.watch({
    verb: 'watch',
    resource: resourceOf(target.resource),
    ...(namespace === undefined ? {} : { namespace }),
    options: {
      fieldSelector: `metadata.name=${target.name}`,
      ...(metadata.resourceVersion === undefined ? {} : { resourceVersion: metadata.resourceVersion }),
    },
  });
  for (;;) {
    const events = terminal.changes(watch, untilMs);
    if (events === undefined) return 'late';
    for (const { type, object } of events) {
      if (nameOf(object) !== target.name) continue;
      if (type === 'DELETED') return 'gone';
      if (isDone(object)) return object;
    }
  }
}
