import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { validatePortNumber } from '../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../base/json.ts';
import { NONE, integerAt, pointerAt, textAt } from './fields.ts';
import { parseGoUrl } from '../../../apimachinery/go-url.ts';

/**
 * Where a webhook is called: at a URL or at a Service.
 * Source: staging/src/k8s.io/apiserver/pkg/util/webhook/validation.go, 1.36.
 */
export function validateWebhookClient(client: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const hasUrl = pointerAt(client, 'url') !== undefined;
  const service = pointerAt(client, 'service');
  if (hasUrl === (service !== undefined)) return [required(path, 'exactly one of url or service is required')];
  if (service === undefined) return validateWebhookUrl(textAt(client, 'url'), path.child('url'));
  return validateWebhookService(service, path.child('service'));
}

const FORM = '; desired format: https://host[/path]';

function validateWebhookUrl(text: string, path: ValidationPath): readonly FieldError[] {
  const parsed = parseGoUrl(text);
  if (!parsed.ok) return [required(path, `url must be a valid URL: ${parsed.message}${FORM}`)];
  const { scheme, host, user, fragment, query } = parsed.url;
  return [
    ...(scheme === 'https' ? NONE : [invalid(path, scheme, `'https' is the only allowed URL scheme${FORM}`)]),
    ...(host === '' ? [invalid(path, host, `host must be specified${FORM}`)] : NONE),
    ...(user === undefined ? NONE : [invalid(path, user, 'user information is not permitted in the URL')]),
    ...(fragment === '' ? NONE : [invalid(path, fragment, 'fragments are not permitted in the URL')]),
    ...(query === '' ? NONE : [invalid(path, query, 'query parameters are not permitted in the URL')]),
  ];
}

/** Upstream hands the two over the wrong way round: a missing name is reported at the namespace. */
function validateWebhookService(service: JsonValue, path: ValidationPath): readonly FieldError[] {
  const port = integerAt(service, 'port');
  const portProblems = validatePortNumber(port);
  return [
    ...(textAt(service, 'namespace') === '' ? [required(path.child('name'))] : NONE),
    ...(textAt(service, 'name') === '' ? [required(path.child('namespace'))] : NONE),
    ...(portProblems.length === 0
      ? NONE
      : [invalid(path.child('port'), port, `port is not valid: ${portProblems.join(', ')}`)]),
    ...validateServicePath(textAt(service, 'path'), path.child('path')),
  ];
}

function validateServicePath(text: string, path: ValidationPath): readonly FieldError[] {
  if (text === '' || text === '/') return NONE;
  if (text === '//') return [invalid(path, text, 'segment[0] may not be empty')];
  const tail = text.slice(1);
  const segments = (tail.endsWith('/') ? tail.slice(0, -1) : tail).split('/');
  return [
    ...(text.startsWith('/') ? NONE : [invalid(path, text, "must start with a '/'")]),
    ...segments.flatMap((segment, index) =>
      segment === ''
        ? [invalid(path, text, `segment[${index}] may not be empty`)]
        : validateDns1123Subdomain(segment).map((message) => invalid(path, text, `segment[${index}]: ${message}`)),
    ),
  ];
}
