import { validateDns1123Label, validateDns1123Subdomain } from '../../apimachinery/names.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Special, Value } from '../value.ts';
import { special } from '../value.ts';
import type { Implementation } from './operators.ts';
import { text } from './strings.ts';

/** A question to the authorizer: of a path that is no resource, or of a resource. */
export type AuthorizationQuestion =
  | { readonly verb: string; readonly path: string }
  | {
      readonly verb: string;
      readonly group: string;
      readonly resource: string;
      readonly subresource: string;
      readonly namespace: string;
      readonly name: string;
      readonly fieldSelector: string;
      readonly labelSelector: string;
    };

export interface AuthorizationDecision {
  readonly allowed: boolean;
  /** As the authorizer words it; '' where it says nothing. */
  readonly reason: string;
  /** '' where the authorizer could decide. */
  readonly error: string;
}

/** Who is asked whether one user may do something. */
export interface CelAuthorizer {
  authorize(question: AuthorizationQuestion): AuthorizationDecision;
  /** The same of a service account. */
  ofServiceAccount(namespace: string, name: string): CelAuthorizer;
}

interface ResourceCheck {
  readonly authorizer: CelAuthorizer;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly fieldSelector: string;
  readonly labelSelector: string;
}

const AUTHORIZER = 'kubernetes.authorization.Authorizer';
const PATH_CHECK = 'kubernetes.authorization.PathCheck';
const GROUP_CHECK = 'kubernetes.authorization.GroupCheck';
const RESOURCE_CHECK = 'kubernetes.authorization.ResourceCheck';
const DECISION = 'kubernetes.authorization.Decision';

/** The variable `authorizer`. */
export const authorizerValue = (authorizer: CelAuthorizer): Special => ({ type: AUTHORIZER, value: authorizer });

/** The variable `authorizer.requestResource`. */
export const resourceCheckValue = (
  authorizer: CelAuthorizer,
  resource: Pick<ResourceCheck, 'group' | 'resource' | 'subresource' | 'namespace' | 'name'>,
): Special => ({ type: RESOURCE_CHECK, value: { ...resource, authorizer, fieldSelector: '', labelSelector: '' } });

/** The value of an argument of one of the types above, which only these functions make. */
function own<T>(value: Value | undefined, type: string): T {
  const found = value === undefined ? undefined : special(value);
  if (found?.type !== type) throw noSuchOverload();
  return found.value as T;
}

function required(value: Value | undefined, name: string): string {
  const words = text(value);
  if (words.trim() === '') throw new EvaluationError(`${name} must not be empty`);
  return words;
}

const narrowed =
  (field: 'subresource' | 'namespace' | 'name' | 'fieldSelector' | 'labelSelector'): Implementation =>
  ([check, value]) => ({
    type: RESOURCE_CHECK,
    value: { ...own<ResourceCheck>(check, RESOURCE_CHECK), [field]: text(value) },
  });

function ofServiceAccount([authorizer, namespace, name]: readonly Value[]): Value {
  const from = own<CelAuthorizer>(authorizer, AUTHORIZER);
  const [space, account] = [text(namespace), text(name)];
  if (validateDns1123Subdomain(account).length > 0) throw new EvaluationError('Invalid service account name');
  if (validateDns1123Label(space).length > 0) throw new EvaluationError('Invalid service account namespace');
  return authorizerValue(from.ofServiceAccount(space, account));
}

function check([value, verb]: readonly Value[]): Value {
  const words = text(verb);
  if (value !== undefined && special(value)?.type === PATH_CHECK) {
    const { authorizer, path } = own<{ readonly authorizer: CelAuthorizer; readonly path: string }>(value, PATH_CHECK);
    return { type: DECISION, value: authorizer.authorize({ verb: words, path }) };
  }
  const { authorizer, ...question } = own<ResourceCheck>(value, RESOURCE_CHECK);
  return { type: DECISION, value: authorizer.authorize({ verb: words, ...question }) };
}

const decisionOf = (value: Value | undefined): AuthorizationDecision => own<AuthorizationDecision>(value, DECISION);

/** Source: staging/src/k8s.io/apiserver/pkg/cel/library/authz.go, 1.36.2. */
export const AUTHORIZATION: Readonly<Record<string, Implementation>> = {
  path: ([authorizer, path]) => ({
    type: PATH_CHECK,
    value: { authorizer: own<CelAuthorizer>(authorizer, AUTHORIZER), path: required(path, 'path') },
  }),
  group: ([authorizer, group]) => ({
    type: GROUP_CHECK,
    value: { authorizer: own<CelAuthorizer>(authorizer, AUTHORIZER), group: text(group) },
  }),
  serviceAccount: ofServiceAccount,
  resource: ([check, resource]) => {
    const { authorizer, group } = own<Pick<ResourceCheck, 'authorizer' | 'group'>>(check, GROUP_CHECK);
    const rest = { group, resource: required(resource, 'resource'), subresource: '', namespace: '', name: '' };
    return resourceCheckValue(authorizer, rest);
  },
  subresource: narrowed('subresource'),
  namespace: narrowed('namespace'),
  name: narrowed('name'),
  fieldSelector: narrowed('fieldSelector'),
  labelSelector: narrowed('labelSelector'),
  check,
  errored: ([decision]) => decisionOf(decision).error !== '',
  error: ([decision]) => decisionOf(decision).error,
  allowed: ([decision]) => decisionOf(decision).allowed,
  reason: ([decision]) => decisionOf(decision).reason,
};
