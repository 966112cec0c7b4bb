import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { perObject } from './spots.ts';
import type { Spot } from './spots.ts';

/** An Ingress to a Service or a Service port that is not here; the checks of references and ports say it too. */
export const danglingIngress: Lint = {
  id: 'dangling-ingress',
  group: 'network',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'dangling-ingress',
  find: (context) => {
    const ports = new Set<string>();
    for (const { namespace, object } of context.objects('Service', 'v1'))
      for (const port of arrayAt(object, 'spec', 'ports')) {
        ports.add(JSON.stringify([namespace, nameOf(object), numberAt(port, 'port') ?? 0]));
        const name = nameAt(port, 'name');
        if (name !== undefined) ports.add(JSON.stringify([namespace, nameOf(object), name]));
      }
    return perObject('Ingress', ['networking.k8s.io/v1'], ({ namespace, object }) => {
      const asked = new Map<string, Spot>();
      for (const { service, at } of backendsOf(object)) {
        const name = stringAt(service, 'name') ?? '';
        const port = nameAt(service, 'port', 'name') ?? numberAt(service, 'port', 'number') ?? 0;
        const key = JSON.stringify([namespace, name, port]);
        if (!ports.has(key) && !asked.has(key)) asked.set(key, { at: [...at, 'name'], params: { name, port } });
      }
      return asked.values();
    })(context);
  },
};

function backendsOf(object: KubernetesObject): readonly { readonly service: JsonObject; readonly at: Path }[] {
  const paths = arrayAt(object, 'spec', 'rules').flatMap((rule, index) =>
    arrayAt(rule, 'http', 'paths').map((_, place): Path => ['spec', 'rules', index, 'http', 'paths', place, 'backend']),
  );
  return [['spec', 'defaultBackend'], ...paths].flatMap((path) => {
    const at = [...path, 'service'];
    const service = objectAt(object, ...at);
    return service ? [{ service, at }] : [];
  });
}
