import type { IncomingMessage } from 'node:http';
import type { UserInfo } from '../simulator/messages.ts';
import { BodyError } from './read-body.ts';

const USER = 'impersonate-user';
const GROUP = 'impersonate-group';
const UID = 'impersonate-uid';
const EXTRA = 'impersonate-extra-';
const MASTERS = 'system:masters';
const ANONYMOUS = 'system:anonymous';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

type Headers = IncomingMessage['headersDistinct'];

/**
 * Who acts: the user of the request, or whom the request names instead. A client of this server is in `system:masters`
 * and may act as anybody, or is nobody and may not. Throws `BodyError`.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/filters/impersonation/impersonation.go, 1.36.2.
 */
export function actingUser(requestor: UserInfo, headers: Headers): UserInfo {
  const name = headers[USER]?.[0] ?? '';
  const groups = headers[GROUP] ?? [];
  if (name === '') {
    const asked = askedWithoutUser(groups, headers);
    if (asked.length === 0) return requestor;
    throw new BodyError(400, 'BadRequest', `requested [${asked.join(' ')}] without impersonating a user`);
  }
  if (!requestor.groups.includes(MASTERS)) throw new BodyError(403, 'Forbidden', forbidden(requestor, name));
  return { name, groups: withOwnGroups(name, groups) };
}

/** What is asked to be acted as, as Go prints it. */
function askedWithoutUser(groups: readonly string[], headers: Headers): readonly string[] {
  const version = 'authentication.k8s.io/v1';
  const extras = Object.entries(headers).filter(([header]) => header.startsWith(EXTRA));
  return [
    ...groups.map((group) => `{Group  ${group}    }`),
    ...extras.flatMap(([header, values = []]) =>
      values.map((value) => `{UserExtra  ${value}  ${version}  ${header.slice(EXTRA.length)}}`),
    ),
    ...(headers[UID] ?? []).map((uid) => `{UID  ${uid}  ${version}  }`),
  ];
}

function forbidden({ name: requestor }: UserInfo, name: string): string {
  const [, namespace, account] = SERVICE_ACCOUNT.exec(name) ?? [];
  const resource = account === undefined ? 'users' : 'serviceaccounts';
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return `${resource} "${account ?? name}" is forbidden: User "${requestor}" cannot impersonate resource "${resource}" in API group "" ${scope}`;
}

/** Who is known is authenticated unless said otherwise, and a ServiceAccount is in its groups where no others are named. */
function withOwnGroups(name: string, groups: readonly string[]): readonly string[] {
  const [, namespace] = SERVICE_ACCOUNT.exec(name) ?? [];
  const own =
    namespace !== undefined && groups.length === 0
      ? ['system:serviceaccounts', `system:serviceaccounts:${namespace}`]
      : groups;
  if (own.includes(UNAUTHENTICATED)) return own;
  if (name === ANONYMOUS) return [...own, UNAUTHENTICATED];
  return own.includes(AUTHENTICATED) ? own : [...own, AUTHENTICATED];
}
