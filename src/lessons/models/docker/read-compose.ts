import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import { ComposeLoader, dependenciesOf } from '../../../interchange/compose/load-project.ts';
import { memoryTree } from '../../../interchange/file-tree.ts';
import type { ComposedService } from './state.ts';

const FILE = 'compose.yaml';

/** The services of a compose file in the order in which they can be started. Throws where the file cannot be read, or where services wait for one another. */
export function readCompose(text: string): readonly ComposedService[] {
  const loaded = new ComposeLoader(memoryTree([[FILE, text]])).load([FILE]);
  if (loaded === undefined) throw new Error('the compose file cannot be read');
  const services = loaded.services.map(({ name, spec }): ComposedService => ({
    name,
    image: stringAt(spec, 'image') ?? name,
    mounts: Object.fromEntries(
      arrayAt(spec, 'volumes').flatMap((volume) => {
        const [source = '', target] = String(volume).split(':');
        return target === undefined ? [] : [[target, source]];
      }),
    ),
    needs: dependenciesOf(spec),
    hasHealthcheck: objectAt(spec, 'healthcheck') !== undefined,
  }));
  return inOrder(services);
}

/** Each after all that it needs. Source: the Compose Specification, `depends_on`. */
function inOrder(services: readonly ComposedService[]): readonly ComposedService[] {
  const done: ComposedService[] = [];
  while (done.length < services.length) {
    const next = services.find(
      (service) => !done.includes(service) && service.needs.every(([name]) => done.some((one) => one.name === name)),
    );
    if (next === undefined) throw new Error('services depend on one another in a circle, or on one that is not there');
    done.push(next);
  }
  return done;
}
