import type { JsonObject } from '../../base/json.ts';
import { kubernetesName, namesOf, textOf } from './compose-values.ts';
import type { ComposeProject, ComposeService } from './load-project.ts';
import type { ObjectSet } from './parts.ts';
import type { PublishedPort } from './ports.ts';

/** Names of the networks of a service; `default` where it says none, nothing where it has none of its own. */
export function networksOf({ spec }: ComposeService): readonly string[] {
  const mode = textOf(spec['network_mode']);
  if (mode !== '' && mode !== 'bridge') return [];
  const names = namesOf(spec['networks']).map(([name]) => name);
  return names.length === 0 ? ['default'] : names;
}

/** Whether some service cannot reach some other by the networks: only then do policies say anything. */
export function arePartedByNetworks(services: readonly ComposeService[]): boolean {
  const of = services.map(networksOf).filter((names) => names.length > 0);
  return of.some((names) => of.some((others) => !names.some((name) => others.includes(name))));
}

export function networkLabelsOf(service: ComposeService): JsonObject {
  return Object.fromEntries(networksOf(service).map((name) => [`network/${kubernetesName(name)}`, 'true']));
}

/** One NetworkPolicy a network: its members take traffic from one another. */
export function addNetworks(project: ComposeProject, objects: ObjectSet): void {
  const names = new Set(project.services.flatMap(networksOf));
  for (const network of names) {
    const name = `network-${kubernetesName(network)}`;
    const members = { matchLabels: { [`network/${kubernetesName(network)}`]: 'true' } };
    objects.add(
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name },
        spec: { podSelector: members, ingress: [{ from: [{ podSelector: members }] }] },
      },
      name,
    );
  }
}

/** What a service publishes is open to everybody, whatever network it is in. */
export function addPublishedPolicy(
  name: string,
  labels: JsonObject,
  ports: readonly PublishedPort[],
  objects: ObjectSet,
): void {
  const published = ports.filter(({ isPublished }) => isPublished);
  if (published.length === 0) return;
  objects.add(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${name}-published`, labels },
      spec: {
        podSelector: { matchLabels: labels },
        ingress: [{ ports: published.map(({ target, protocol }) => ({ port: target, protocol })) }],
      },
    },
    `${name}-published`,
  );
}
