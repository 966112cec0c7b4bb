import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { isJsonObject, valueAt } from '../../base/json.ts';
import { baseNameOf, folderOf } from '../file-tree.ts';
import type { FileTree } from '../file-tree.ts';
import { manifestText } from '../manifest-text.ts';
import type { Conversion, Note } from '../note.ts';
import { entriesOf, kubernetesName } from './compose-values.ts';
import { ComposeLoader, dependenciesOf, profilesOf } from './load-project.ts';
import type { ComposeProject, ComposeService } from './load-project.ts';
import { addNetworks, addPublishedPolicy, arePartedByNetworks, networkLabelsOf } from './networks.ts';
import { ObjectSet, appLabels } from './parts.ts';
import type { ServiceParts } from './parts.ts';
import { portsOf } from './ports.ts';
import { SERVICE_KEYS } from './service-keys.ts';
import { addService } from './service-object.ts';
import { mountsOf } from './volumes.ts';
import { addWorkload, sayLostDeploy } from './workload.ts';

export interface ComposeOptions {
  /** Services of these profiles are converted, too; `*` for all. */
  readonly profiles: readonly string[];
}

const MOST_SERVICES = 2000;

/** Names that Docker Compose looks for, in its order. */
const FILE_NAMES = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

export function isComposeFileName(path: string): boolean {
  return FILE_NAMES.test(baseNameOf(path));
}

/**
 * Compose files, later ones over earlier ones, as Kubernetes objects: a workload a service, a Service where it has ports,
 * claims, ConfigMaps, Secrets, probes, an Ingress or an autoscaler where kompose's labels ask for one, NetworkPolicies where
 * networks part the services. What has no form, or another one, is in the notes. Where a file cannot be read nothing comes of it.
 */
export function convertCompose(
  paths: readonly string[],
  tree: FileTree,
  options: ComposeOptions = { profiles: [] },
): Conversion {
  const { objects, notes } = composeObjects(paths, tree, options);
  const path = `${folderOf(paths[0] ?? '') === '' ? '' : `${folderOf(paths[0]!)}/`}kubernetes.yaml`;
  return { files: objects.length === 0 ? [] : [{ path, content: manifestText(objects) }], notes };
}

export function composeObjects(
  paths: readonly string[],
  tree: FileTree,
  { profiles }: ComposeOptions,
): { readonly objects: readonly KubernetesObject[]; readonly notes: readonly Note[] } {
  const loader = new ComposeLoader(tree);
  const project = loader.load(paths);
  if (!project || loader.notes.some(({ kind }) => kind === 'refused')) return { objects: [], notes: loader.notes };
  const refuse = (id: Note['id'], params: Note['params']): void =>
    void loader.notes.push({ id, kind: 'refused', file: paths[0]!, line: 1, params });
  if (project.services.length === 0) refuse('compose.noServices', {});
  if (project.services.length > MOST_SERVICES) refuse('source.tooMany', { what: 'services', limit: MOST_SERVICES });
  if (loader.notes.some(({ kind }) => kind === 'refused')) return { objects: [], notes: loader.notes };
  return { objects: objectsOf(chosen(project, profiles), tree), notes: loader.notes };
}

/** Services without a profile, and those of a profile that is asked for. */
function chosen(project: ComposeProject, profiles: readonly string[]): ComposeProject {
  const services = project.services.filter((service) => {
    const own = profilesOf(service.spec);
    const isIn = own.length === 0 || profiles.includes('*') || own.some((profile) => profiles.includes(profile));
    if (!isIn)
      service.say('lost', 'compose.profile', ['profiles'], { service: service.name, profiles: own.join(', ') });
    return isIn;
  });
  return { ...project, services };
}

function objectsOf(project: ComposeProject, tree: FileTree): readonly KubernetesObject[] {
  const objects = new ObjectSet();
  const isParted = arePartedByNetworks(project.services);
  const taken = new Set<string>();
  for (const service of project.services) {
    const name = freeName(service, taken);
    const parts = partsOf(service, name, project, tree, objects, isParted);
    sayKeys(parts);
    sayDependencies(service);
    const ports = portsOf(parts);
    addService(parts, ports);
    addWorkload(parts, ports, mountsOf(parts));
    if (isParted) addPublishedPolicy(name, parts.labels, ports, objects);
  }
  if (isParted) addNetworks(project, objects);
  return objects.all;
}

function freeName(service: ComposeService, taken: Set<string>): string {
  const plain = kubernetesName(service.name);
  let name = plain;
  for (let number = 2; taken.has(name); number++) name = `${plain.slice(0, 58)}-${number}`;
  taken.add(name);
  if (name !== service.name) service.say('changed', 'compose.renamed', [], { service: service.name, name });
  return name;
}

/** Labels of kompose that are understood, by their beginning. */
const KNOWN_WISHES =
  /^kompose\.(?:service\.(?:type|expose(?:\.tls-secret|\.ingress-class-name)?|nodeport\.port|external-traffic-policy|healthcheck\.(?:liveness|readiness)\.\w+)|volume\.(?:size|storage-class-name|subpath|type)|image-pull-(?:policy|secret)|serviceaccount-name|controller\.type|hpa\.(?:cpu|memory|replicas\.(?:min|max))|cronjob\.\w+|security-context\.fsgroup|init\.containers\.\w+|ephemeral-storage\.(?:limit|request))$/;

function partsOf(
  service: ComposeService,
  name: string,
  project: ComposeProject,
  tree: FileTree,
  objects: ObjectSet,
  isParted: boolean,
): ServiceParts {
  const wishes = new Map<string, string>();
  const annotations: Record<string, string> = {};
  for (const [key, value] of [
    ...entriesOf(service.spec['labels']),
    ...entriesOf(valueAt(service.spec, 'deploy', 'labels')).filter(([key]) => key.startsWith('kompose.')),
  ]) {
    if (!key.startsWith('kompose.')) annotations[key] = value ?? '';
    else if (KNOWN_WISHES.test(key)) wishes.set(key, value ?? '');
    else service.say('lost', 'compose.komposeLabel', ['labels'], { service: service.name, label: key });
  }
  for (const [key, value] of entriesOf(service.spec['annotations'])) annotations[key] = value ?? '';
  const networkLabels: JsonObject = isParted ? networkLabelsOf(service) : {};
  return { project, service, name, tree, labels: appLabels(name), networkLabels, wishes, annotations, objects };
}

function sayKeys(parts: ServiceParts): void {
  const { service } = parts;
  for (const key of Object.keys(service.spec)) {
    const use = Object.hasOwn(SERVICE_KEYS, key) ? SERVICE_KEYS[key] : undefined;
    if (use === 'lost') service.say('lost', 'compose.lost', [key], { service: service.name, key });
    else if (use === 'local') service.say('info', 'compose.local', [key], { service: service.name, key });
    else if (use === undefined && !key.startsWith('x-')) service.say('lost', 'source.unknownKey', [key], { key });
  }
  for (const [network, more] of Object.entries(
    isJsonObject(service.spec['networks']) ? service.spec['networks'] : {},
  )) {
    for (const key of Object.keys(isJsonObject(more) ? more : {}))
      service.say('lost', 'compose.network', ['networks', network, key], { service: service.name, network, key });
  }
  sayLostDeploy(parts);
}

function sayDependencies(service: ComposeService): void {
  const isList = Array.isArray(service.spec['depends_on']);
  dependenciesOf(service.spec).forEach(([other, condition], index) =>
    service.say('changed', 'compose.dependsOn', ['depends_on', isList ? index : other], {
      service: service.name,
      other,
      condition,
    }),
  );
}
