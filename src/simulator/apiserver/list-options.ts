import type { ApiVerb, RequestOptions } from '../messages.ts';
import type { Refusal } from './status.ts';

/**
 * What is wrong with the options of a list or a watch, in the words of the server.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/internalversion/validation/validation.go, 1.36.
 */
export function listOptionErrors(options: RequestOptions, verb: ApiVerb): readonly string[] {
  return verb === 'watch' ? watchErrors(options) : listErrors(options);
}

function listErrors(options: RequestOptions): readonly string[] {
  const { resourceVersionMatch: match = '', resourceVersion = '', sendInitialEvents } = options;
  const errors: string[] = [];
  if (match !== '') {
    if (resourceVersion === '')
      errors.push(
        forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
      );
    if ((options.continue ?? '') !== '') errors.push(forbidden('resourceVersionMatch', WITH_CONTINUE));
    if (match !== 'Exact' && match !== 'NotOlderThan') errors.push(notSupported(match, ['Exact', 'NotOlderThan', '']));
    if (match === 'Exact' && resourceVersion === '0')
      errors.push(
        forbidden('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
      );
  }
  if (sendInitialEvents !== undefined)
    errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  return errors;
}

function watchErrors(options: RequestOptions): readonly string[] {
  const { resourceVersionMatch: match = '', sendInitialEvents } = options;
  const errors: string[] = [];
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan')
    errors.push(
      forbidden('resourceVersionMatch', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
    );
  if (match === '') return errors;
  if (sendInitialEvents === undefined)
    errors.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  if (match !== 'NotOlderThan') errors.push(notSupported(match, ['NotOlderThan']));
  if ((options.continue ?? '') !== '') errors.push(forbidden('resourceVersionMatch', WITH_CONTINUE));
  return errors;
}

const WITH_CONTINUE = 'resourceVersionMatch is forbidden when continue is provided';

function forbidden(field: string, detail: string): string {
  return `${field}: Forbidden: ${detail}`;
}

function notSupported(value: string, supported: readonly string[]): string {
  const words = supported.map((word) => JSON.stringify(word)).join(', ');
  return `resourceVersionMatch: Unsupported value: ${JSON.stringify(value)}: supported values: ${words}`;
}

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/get.go `ListResource`, 1.36. */
export function refusedListOptions(options: RequestOptions, verb: ApiVerb): Refusal | undefined {
  const errors = listOptionErrors(options, verb);
  if (errors.length === 0) return undefined;
  const all = errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`;
  return { code: 422, reason: 'Invalid', message: `ListOptions.meta.k8s.io "" is invalid: ${all}` };
}
