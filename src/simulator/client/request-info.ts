import type { ApiVerb, ResourceName } from '../messages.ts';

/** What a method and a path ask for. */
export type RequestInfo =
  | { readonly type: 'path'; readonly path: string }
  | {
      readonly type: 'resource';
      readonly verb: ApiVerb;
      readonly resource: ResourceName;
      readonly namespace?: string;
      readonly name?: string;
      readonly subresource?: string;
      /** What stands after `/proxy`, with its slash. */
      readonly path?: string;
    };

const VERBS: Readonly<Record<string, ApiVerb>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Parts of a Namespace itself, not resources within it. */
const OF_NAMESPACE = ['status', 'finalize'];

/**
 * What a request is for; undefined for a method that no verb stands for.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go `NewRequestInfo`, 1.36.
 */
export function requestInfo(method: string, url: URL): RequestInfo | undefined {
  const verb = VERBS[method];
  if (verb === undefined) return undefined;
  const parts = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const resourceAt = parts[0] === 'api' ? 2 : parts[0] === 'apis' ? 3 : Infinity;
  if (parts.length <= resourceAt) return { type: 'path', path: url.pathname };
  const [group, version] = resourceAt === 2 ? ['', parts[1]!] : [parts[1]!, parts[2]!];
  let rest = parts.slice(resourceAt);
  const isOldWatch = rest[0] === 'watch';
  if (isOldWatch) rest = rest.slice(1);
  let namespace: string | undefined;
  if (rest[0] === 'namespaces' && rest.length > 2 && !OF_NAMESPACE.includes(rest[2]!)) {
    namespace = rest[1];
    rest = rest.slice(2);
  }
  const [plural, name, subresource, ...further] = rest;
  const isDirectory = url.pathname.endsWith('/') ? '/' : '';
  if (plural === undefined) return { type: 'path', path: url.pathname };
  return {
    type: 'resource',
    verb: isOldWatch ? 'watch' : verbOf(verb, name, url.searchParams),
    resource: { group, version, plural },
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
    ...(subresource === 'proxy' ? { path: further.length > 0 ? `/${further.join('/')}${isDirectory}` : '/' } : {}),
  };
}

function verbOf(verb: ApiVerb, name: string | undefined, query: URLSearchParams): ApiVerb {
  if (name !== undefined) return verb;
  if (verb === 'delete') return 'deletecollection';
  if (verb !== 'get') return verb;
  return isTrue(query.get('watch')) ? 'watch' : 'list';
}

/** Source: staging/src/k8s.io/apimachinery/pkg/runtime/conversion.go `Convert_Slice_string_To_bool`, 1.36. */
export function isTrue(value: string | null): boolean {
  return value !== null && value.toLowerCase() !== 'false' && value !== '0';
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
