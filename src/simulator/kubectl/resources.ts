import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import { formatApiVersion, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt } from '../../base/json.ts';
import { resourcesNamed } from '../../openapi/resource-name.ts';
import { resourcesOfDiscovery } from '../apiserver/discovery.ts';
import { BUILT_IN } from '../apiserver/served-resources.ts';
import type { ServedResource } from '../apiserver/served-resources.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import type { ResourceName } from '../messages.ts';
import type { Terminal } from './command.ts';
import { KubectlError } from './command.ts';
import type { Flags } from './flags.ts';
import { flag, isOn } from './flags.ts';

/** Flags that say which objects are meant. */
export const SELECTING = {
  namespace: { type: 'text', short: 'n' },
  'all-namespaces': { type: 'switch', short: 'A' },
  selector: { type: 'text', short: 'l' },
  'field-selector': { type: 'text' },
} as const;

export const FROM_FILES = { filename: { type: 'list', short: 'f' } } as const;

/** An object as a command names it. */
export interface Target {
  readonly resource: ServedResource;
  readonly name: string;
  readonly namespace: string | undefined;
}

export function resourceOf({ group, versions, plural }: ServedResource): ResourceName {
  return { group, version: versions[0]!, plural };
}

/** What kubectl calls an object in its messages: `deployment.apps/web`, `pod/web-0`. */
export function spokenName({ singular, group }: ServedResource, name: string): string {
  return group === '' ? `${singular}/${name}` : `${singular}.${group}/${name}`;
}

/** `pods`, `deployments.apps`: as messages about a whole resource call it. */
export function servedNamed(word: string, terminal?: Terminal): ServedResource {
  for (const { group, plural } of resourcesNamed(word)) {
    const served = BUILT_IN.find((resource) => resource.group === group && resource.plural === plural);
    if (served !== undefined) return served;
  }
  const defined = terminal && discovered(terminal).find((resource) => isCalled(resource, word.toLowerCase()));
  if (defined !== undefined) return defined;
  throw new KubectlError(`error: the server doesn't have a resource type "${word}"`);
}

/** Everything that the server says it serves: asked for where what is built in does not answer. */
export function discovered(terminal: Terminal): readonly ServedResource[] {
  return ['/api', '/apis'].flatMap((path) => {
    const page = terminal.call({ verb: 'get', path, resource: { group: '', version: '', plural: '' } });
    return page.ok ? resourcesOfDiscovery(page.object) : [];
  });
}

/** Source: staging/src/k8s.io/client-go/restmapper/shortcut.go, apimachinery/pkg/runtime/schema/group_version.go `ParseResourceArg`, 1.36. */
function isCalled({ plural, singular, shortNames, kind, group, versions }: ServedResource, word: string): boolean {
  const [name = '', ...rest] = word.split('.');
  const place = rest.join('.');
  const isPlace = place === '' || place === group || versions.some((version) => place === `${version}.${group}`);
  return isPlace && [plural, singular, kind.toLowerCase(), ...shortNames].includes(name);
}

export function servedKind(
  { group, kind, version }: GroupVersionKind,
  terminal?: Terminal,
): ServedResource | undefined {
  const isIt = (resource: ServedResource): boolean =>
    resource.group === group && resource.kind === kind && resource.versions.includes(version);
  return BUILT_IN.find(isIt) ?? (terminal && discovered(terminal).find(isIt));
}

export function namespaceOfFlags(flags: Flags): string {
  return flag(flags, 'namespace') ?? 'default';
}

/** The call of one object. */
export function callOf(verb: ApiCall['verb'], { resource, namespace, name }: Target): ApiCall {
  return {
    verb,
    resource: resourceOf(resource),
    name,
    ...(resource.namespaced && namespace !== undefined ? { namespace } : {}),
  };
}

/** Objects of a file that `-f` names; `-` is what the script gives with the command. */
export function manifestsOf({ files }: Terminal, flags: Flags): readonly (readonly [string, KubernetesObject])[] {
  return (flags.values.get('filename') ?? []).flatMap((path) => {
    const own = Object.hasOwn(files, path) ? files[path] : undefined;
    const inside = Object.keys(files).filter((file) => file.startsWith(path.endsWith('/') ? path : `${path}/`));
    if (own === undefined && inside.length === 0) throw new KubectlError(`error: the path "${path}" does not exist`);
    return [path, ...inside].flatMap((file) =>
      (Object.hasOwn(files, file) ? files[file]! : []).map((object) => [file, object] as const),
    );
  });
}

/** Where an object of a file belongs; throws kubectl's words where no resource serves its kind. */
export function targetOf(terminal: Terminal, file: string, object: KubernetesObject, flags: Flags): Target {
  const kind = groupVersionKindOf(object);
  const resource = servedKind(kind, terminal);
  if (resource === undefined) throw new KubectlError(noMatch(file, object, kind));
  return {
    resource,
    name: nameOf(object),
    namespace: resource.namespaced ? (namespaceOf(object) ?? namespaceOfFlags(flags)) : undefined,
  };
}

function noMatch(file: string, object: KubernetesObject, { group, version, kind }: GroupVersionKind): string {
  const place = `name: "${nameOf(object)}" namespace: "${namespaceOf(object) ?? ''}" from "${file}"`;
  const what = `no matches for kind "${kind}" in version "${formatApiVersion(group, version)}"`;
  return `error: resource mapping not found for ${place}: ${what}\nensure CRDs are installed first`;
}

/** What the words after a command name: `pods`, `deploy/web`, `pod a b`, `svc,ep`. */
export type Named =
  | { readonly type: 'objects'; readonly targets: readonly Target[] }
  | { readonly type: 'lists'; readonly resources: readonly ServedResource[] };

/** `all`: what most people want to see. Source: staging/src/k8s.io/client-go/restmapper/category_expansion.go, 1.36. */
const ALL = [
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets.apps',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'horizontalpodautoscalers.autoscaling',
  'cronjobs.batch',
  'jobs.batch',
];

export function namedBy(terminal: Terminal, words: readonly string[], flags: Flags): Named {
  const own = namespaceOfFlags(flags);
  const target = (resource: ServedResource, name: string): Target => ({
    resource,
    name,
    namespace: resource.namespaced ? own : undefined,
  });
  if (words.some((word) => word.includes('/'))) {
    const plain = words.find((word) => !word.includes('/'));
    if (plain !== undefined)
      throw new KubectlError(
        "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    return {
      type: 'objects',
      targets: words.map((word) => {
        const [kind = '', name = ''] = word.split('/');
        return target(servedNamed(kind, terminal), name);
      }),
    };
  }
  const [kinds = '', ...names] = words;
  const resources = kinds
    .split(',')
    .flatMap((kind) => (kind === 'all' ? ALL.map((word) => servedNamed(word)) : [servedNamed(kind, terminal)]));
  if (names.length === 0) return { type: 'lists', resources };
  return { type: 'objects', targets: resources.flatMap((resource) => names.map((name) => target(resource, name))) };
}

/** The call that lists a resource as the flags select. */
export function listCall(resource: ServedResource, flags: Flags): ApiCall {
  const [labelSelector, fieldSelector] = [flag(flags, 'selector'), flag(flags, 'field-selector')];
  return {
    verb: 'list',
    resource: resourceOf(resource),
    ...(resource.namespaced && !isOn(flags, 'all-namespaces') ? { namespace: namespaceOfFlags(flags) } : {}),
    options: {
      limit: 500,
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
    },
  };
}

/** Everything on all pages of a list. */
export function listAll(terminal: Terminal, call: ApiCall): readonly KubernetesObject[] {
  const { group, version, plural } = call.resource;
  const kind = BUILT_IN.find((resource) => resource.group === group && resource.plural === plural)?.kind;
  // Items of a list do not say what they are; kubectl gives them back what they lost.
  return listPages(terminal, call).flatMap((page) =>
    (arrayAt(page, 'items') as unknown as readonly KubernetesObject[]).map((item) => ({
      ...item,
      apiVersion: formatApiVersion(group, version),
      kind: kind ?? item.kind,
    })),
  );
}

/** All pages of a list. */
export function listPages(terminal: Terminal, call: ApiCall): readonly KubernetesObject[] {
  const pages: KubernetesObject[] = [];
  for (let next: string | undefined; ;) {
    const options = next === undefined ? call.options : { ...call.options, continue: next };
    const { object } = answered(terminal.call(options === undefined ? call : { ...call, options }));
    pages.push(object);
    const metadata = object['metadata'] as unknown as { readonly continue?: string } | undefined;
    next = metadata?.continue;
    if (next === undefined || next === '') return pages;
  }
}

/** The answer, or the end of the command in kubectl's words. */
export function answered(result: ApiResult): ApiResult & { readonly ok: true } {
  if (result.ok) return result;
  throw new KubectlError(refusalText(result));
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go `StandardErrorMessage` and `checkErr`, 1.36. */
export function refusalText(result: ApiResult & { readonly ok: false }): string {
  const { code, reason, message } = result;
  if (code === 0)
    return reason === 'refused'
      ? 'The connection to the server kube-apiserver:6443 was refused - did you specify the right host or port?'
      : `Unable to connect to the server: ${message}`;
  if (reason === 'Invalid')
    return `The ${/^([^\s.]+)\S* "/.exec(message)?.[1] ?? 'request'} ${INVALID.exec(message)?.[1] ?? `is invalid: ${message}`}`;
  if (reason === '') return `error: ${message}`;
  return `Error from server (${reason}): ${message}`;
}

const INVALID = /^\S+ (".*)$/s;

/** Every object that the words, files and selectors of a command name, as the API server has it. */
export function foundObjects(
  terminal: Terminal,
  flags: Flags,
  words: readonly string[],
  subresource?: string,
): readonly { readonly target: Target; readonly object: KubernetesObject }[] {
  const fromFiles = manifestsOf(terminal, flags).map(([file, object]) => targetOf(terminal, file, object, flags));
  const named: Named = words.length === 0 ? { type: 'objects', targets: [] } : namedBy(terminal, words, flags);
  const targets = [...fromFiles, ...(named.type === 'objects' ? named.targets : [])];
  if (named.type === 'objects')
    return targets.map((target) => {
      const call = callOf('get', target);
      const asked = subresource === undefined ? call : { ...call, subresource };
      return { target, object: answered(terminal.call(asked)).object };
    });
  return named.resources.flatMap((resource) =>
    listAll(terminal, listCall(resource, flags)).map((object) => ({
      target: { resource, name: nameOf(object), namespace: namespaceOf(object) },
      object,
    })),
  );
}
