import { isJsonObject } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import { badRequest, gone } from './status.ts';
import type { Refusal } from './status.ts';

/** Where the next page of a list begins. */
export interface ListPlace {
  /** The first key that may stand on it, below the prefix of the list. */
  readonly startKey: string;
  /** The revision that all pages show; -1: what is there now. */
  readonly revision: number;
}

const VERSION = 'meta.k8s.io/v1';
const INVALID = 'continue key is not valid';

/** Source: staging/src/k8s.io/apiserver/pkg/storage/continue.go `EncodeContinue`, 1.36. */
export function encodeContinue({ startKey, revision }: ListPlace): string {
  const json = JSON.stringify({ v: VERSION, rv: revision, start: startKey }).replaceAll('\0', '\\u0000');
  return btoa(json).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Source: continue.go `DecodeContinue`. */
export function decodeContinue(token: string): ListPlace | Refusal {
  const read = parsed(token);
  if (!isJsonObject(read)) return badRequest(INVALID);
  const { v, rv = 0, start = '' } = read;
  if (v !== VERSION) return badRequest(`${INVALID}: server does not recognize this encoded version ${String(v ?? '')}`);
  if (typeof rv !== 'number' || typeof start !== 'string') return badRequest(INVALID);
  if (rv === 0) return badRequest(`${INVALID}: incorrect encoded start resourceVersion (version ${VERSION})`);
  if (start === '') return badRequest(`${INVALID}: encoded start key empty (version ${VERSION})`);
  const key = start.startsWith('/') ? start : `/${start}`;
  return isClean(key) ? { startKey: key.slice(1), revision: rv } : badRequest(`${INVALID}: ${start}`);
}

function parsed(token: string): JsonValue | undefined {
  if (!/^[\w-]*$/.test(token)) return undefined;
  try {
    return JSON.parse(atob(token.replaceAll('-', '+').replaceAll('_', '/'))) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Whether a path leads nowhere but down. */
function isClean(path: string): boolean {
  return (
    path === '/' ||
    path
      .slice(1)
      .split('/')
      .every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** What a list is told whose revision etcd has forgotten. Source: staging/src/k8s.io/apiserver/pkg/storage/etcd3/errors.go, 1.36. */
export function expiredList(isPaging: boolean, { startKey }: ListPlace): Refusal {
  if (!isPaging) return gone('The resourceVersion for the provided list is too old.');
  return { ...gone(INCONSISTENT), continue: encodeContinue({ startKey, revision: -1 }) };
}

const INCONSISTENT =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
