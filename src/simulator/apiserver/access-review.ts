import type { AuthorizationAttributes } from '../../admission/cluster-view.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isKubernetesObject, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, asString, objectAt, stringAt } from '../../base/json.ts';
import type { ComponentId } from '../component.ts';
import type { ApiRequest, UserInfo } from '../messages.ts';
import { isAllowed } from './authorization/authorize.ts';
import { respond, respondRefusal } from './respond.ts';
import { rulesReviewed } from './rules-review.ts';
import { ANSWERED_ONLY } from './served-resources.ts';
import { badRequest } from './status.ts';
import type { Server } from './state.ts';

const SELF = 'selfsubjectaccessreviews';
const SELF_REVIEW = 'selfsubjectreviews';
const SELF_RULES = 'selfsubjectrulesreviews';
const LOCAL = 'localsubjectaccessreviews';

/** Whether a request asks who may do what, what one may do, or who it is that asks. */
export function isAccessReview({ verb, resource, path }: ApiRequest): boolean {
  if (path !== undefined || verb !== 'create' || resource.version !== 'v1') return false;
  return ANSWERED_ONLY.some(({ group, plural }) => group === resource.group && plural === resource.plural);
}

/**
 * Answers a review of access, of rules, or of who it is that asks; nothing is stored.
 * Source: pkg/registry/authorization/{selfsubjectaccessreview,subjectaccessreview,localsubjectaccessreview,
 * selfsubjectrulesreview}/rest.go, pkg/registry/authentication/selfsubjectreview/rest.go, 1.36.
 */
export function answerAccessReview(server: Server, from: ComponentId, request: ApiRequest): void {
  const { body } = request;
  if (!isKubernetesObject(body))
    return respondRefusal(server, from, request, badRequest('no object in the body of the request'));
  if (request.resource.plural === SELF_REVIEW)
    return respond(server, from, request, 201, Object.freeze({ ...body, status: { userInfo: infoOf(request.user) } }));
  const { plural } = request.resource;
  if (plural === SELF_RULES) return answerRulesReview(server, from, request, stringAt(body, 'spec', 'namespace') ?? '');
  if (plural === LOCAL && request.namespace !== namespaceOf(body))
    return respondRefusal(
      server,
      from,
      request,
      badRequest(`spec.resourceAttributes.namespace must match namespace: ${request.namespace ?? ''}`),
    );
  const user = plural === SELF ? request.user : userOf(body);
  const allowed = isAllowed(server.state, user, attributesOf(body));
  respond(server, from, request, 201, Object.freeze({ ...body, status: { allowed } }));
}

function answerRulesReview(server: Server, from: ComponentId, request: ApiRequest, namespace: string): void {
  if (namespace === '') return respondRefusal(server, from, request, badRequest('no namespace on request'));
  const status = rulesReviewed(server.state, request.user, namespace);
  const head = { kind: 'SelfSubjectRulesReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec: {} };
  respond(server, from, request, 201, Object.freeze({ ...head, status }));
}

function infoOf({ name, groups }: UserInfo): JsonObject {
  return { username: name, groups };
}

function userOf(review: KubernetesObject): UserInfo {
  const groups = arrayAt(review, 'spec', 'groups').flatMap((group) => asString(group) ?? []);
  return { name: stringAt(review, 'spec', 'user') ?? '', groups };
}

/** Source: pkg/registry/authorization/util/helpers.go `AuthorizationAttributesFrom`, 1.36. */
function attributesOf(review: KubernetesObject): AuthorizationAttributes {
  const outside = objectAt(review, 'spec', 'nonResourceAttributes');
  if (outside !== undefined)
    return { verb: stringAt(outside, 'verb') ?? '', path: stringAt(outside, 'path') ?? '', group: '', resource: '' };
  const inside = objectAt(review, 'spec', 'resourceAttributes');
  const [verb = '', group = '', resource = ''] = ['verb', 'group', 'resource'].map((field) => stringAt(inside, field));
  const more = ['subresource', 'namespace', 'name'].flatMap((field) => {
    const text = stringAt(inside, field) ?? '';
    return text === '' ? [] : [[field, text]];
  });
  return { verb, group, resource, ...Object.fromEntries(more) };
}
