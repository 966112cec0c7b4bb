import { cannotMessage } from '../../../admission/cannot-message.ts';
import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import type { ApiRequest } from '../../messages.ts';
import { authorize } from '../authorization/authorize.ts';
import type { Gate } from '../gates.ts';
import type { ServedResource } from '../served-resources.ts';

/** Who may do what. Source: staging/src/k8s.io/apiserver/pkg/endpoints/filters/authorization.go, 1.36. */
export const authorization: Gate = {
  name: 'authorize',
  check(request, resource, { state }) {
    const attributes = attributesOf(request);
    const decision = authorize(state, request.user, attributes);
    if (decision === 'allow') return undefined;
    const message = forbiddenMessage(request, resource, attributes);
    const because = decision.reason === '' ? '' : `: ${decision.reason}`;
    return { code: 403, reason: 'Forbidden', message: message + because };
  },
};

function attributesOf(request: ApiRequest): AuthorizationAttributes {
  const { verb, path, resource, subresource, namespace, options } = request;
  if (path !== undefined) return { verb, path, group: '', resource: '' };
  const { fieldSelector } = options ?? {};
  const name = request.name ?? nameSelected(verb, fieldSelector);
  return {
    verb,
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
    group: resource.group,
    resource: resource.plural,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go `NewRequestInfo`, 1.36. */
export function nameSelected(verb: string, fieldSelector: string | undefined): string | undefined {
  if (fieldSelector === undefined || !['list', 'watch', 'deletecollection'].includes(verb)) return undefined;
  const written = fieldSelector.split(',');
  if (written.some((term) => !term.includes('='))) return undefined;
  const terms = written.map((term) => /^metadata\.name==?([^=!]+)$/.exec(term)?.[1]);
  return terms.find((name) => name !== undefined);
}

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go `forbiddenMessage`, 1.36. */
function forbiddenMessage(
  { user, name }: ApiRequest,
  served: ServedResource | undefined,
  attributes: AuthorizationAttributes,
): string {
  const what = cannotMessage(user, attributes);
  if (attributes.path !== undefined) return `forbidden: ${what}`;
  return `${served?.qualified ?? attributes.resource}${name === undefined ? '' : ` "${name}"`} is forbidden: ${what}`;
}
