import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { validateDns1123Label, validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, isTrueAt, pointerAt, requireText, textAt, textsAt, validateEach } from '../shared/validation/fields.ts';
import { invalidFor } from '../shared/validation/messages.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];

/** One entry of `spec.rules`. Source: pkg/apis/flowcontrol/validation/validation.go, 1.36. */
export function validatePolicyRules(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  const isEmpty = arrayAt(rule, 'resourceRules').length === 0 && arrayAt(rule, 'nonResourceRules').length === 0;
  return [
    ...(arrayAt(rule, 'subjects').length === 0
      ? [required(path.child('subjects'), 'subjects must contain at least one value')]
      : validateEach(valueAt(rule, 'subjects'), path.child('subjects'), validateSubject)),
    ...(isEmpty ? [required(path, 'at least one of resourceRules and nonResourceRules has to be non-empty')] : NONE),
    ...validateEach(valueAt(rule, 'resourceRules'), path.child('resourceRules'), validateResourceRule),
    ...validateEach(valueAt(rule, 'nonResourceRules'), path.child('nonResourceRules'), validateNonResourceRule),
  ];
}

/** The field that each kind of subject fills in, in the order in which the others are forbidden. */
const SUBJECT_FIELDS = [
  ['ServiceAccount', 'serviceAccount'],
  ['User', 'user'],
  ['Group', 'group'],
] as const;

function validateSubject(subject: JsonValue, path: ValidationPath): readonly FieldError[] {
  const kind = textAt(subject, 'kind');
  const own = SUBJECT_FIELDS.find(([name]) => name === kind)?.[1];
  if (own === undefined) return [notSupported(path.child('kind'), kind, ['Group', 'ServiceAccount', 'User'])];
  const others = SUBJECT_FIELDS.filter(([, field]) => field !== own && pointerAt(subject, field) !== undefined);
  return [
    ...validateSubjectField(kind, pointerAt(subject, own), path.child(own)),
    ...others.map(([other, field]) =>
      forbidden(path.child(field), `${field} is forbidden when subject kind is not '${other}'`),
    ),
  ];
}

function validateSubjectField(kind: string, value: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (value === undefined) {
    const field = String(path.steps.at(-1));
    return [required(path, `${field} is required when subject kind is '${kind}'`)];
  }
  if (kind !== 'ServiceAccount') return requireText(value, 'name', path);
  const [name, namespace] = [textAt(value, 'name'), textAt(value, 'namespace')];
  return [
    ...(name === '' ? [required(path.child('name'))] : NONE),
    ...(name === '' || name === '*' ? NONE : invalidFor(path.child('name'), name, validateDns1123Subdomain(name))),
    ...(namespace === ''
      ? [required(path.child('namespace'), 'must specify namespace for service account')]
      : invalidFor(path.child('namespace'), namespace, validateDns1123Label(namespace))),
  ];
}

function validateResourceRule(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...validateVerbs(textsAt(rule, 'verbs'), path.child('verbs')),
    ...validateSome(rule, 'apiGroups', path, 'resource rules must supply at least one api group', 'api groups'),
    ...validateSome(rule, 'resources', path, 'resource rules must supply at least one resource', 'resources'),
    ...validateNamespaces(rule, path.child('namespaces')),
  ];
}

function validateVerbs(verbs: readonly string[], path: ValidationPath): readonly FieldError[] {
  if (verbs.length === 0) return [required(path, 'verbs must contain at least one value')];
  if (verbs.includes('*')) return validateAlone(verbs, path, 'verbs');
  return verbs.every((verb) => VERBS.includes(verb)) ? NONE : [notSupported(path, verbs, VERBS)];
}

/** `*` says all there is to say. */
function validateAlone(values: readonly string[], path: ValidationPath, what: string): readonly FieldError[] {
  const isAlone = values.length < 2 || !values.includes('*');
  return isAlone ? NONE : [invalid(path, values, `if '*' is present, must not specify other ${what}`)];
}

function validateSome(
  rule: JsonValue,
  field: string,
  path: ValidationPath,
  missing: string,
  what: string,
): readonly FieldError[] {
  const values = textsAt(rule, field);
  return values.length === 0 ? [required(path.child(field), missing)] : validateAlone(values, path.child(field), what);
}

function validateNamespaces(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  const namespaces = textsAt(rule, 'namespaces');
  if (namespaces.length === 0 && !isTrueAt(rule, 'clusterScope')) {
    return [required(path, 'resource rules that are not cluster scoped must supply at least one namespace')];
  }
  if (namespaces.includes('*')) return validateAlone(namespaces, path, 'namespaces');
  return namespaces.flatMap((namespace, index) =>
    validateDns1123Label(namespace).map((message) =>
      invalid(path.index(index), namespace, `each member of this list must be '*' or a DNS-1123 label; ${message}`),
    ),
  );
}

function validateNonResourceRule(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  const urls = textsAt(rule, 'nonResourceURLs');
  const urlsPath = path.child('nonResourceURLs');
  return [
    ...validateVerbs(textsAt(rule, 'verbs'), path.child('verbs')),
    ...(urls.length === 0 ? [required(urlsPath, 'nonResourceURLs must contain at least one value')] : NONE),
    ...(urls.includes('*')
      ? validateAlone(urls, urlsPath, 'non-resource URLs')
      : urls.flatMap((url, index) => {
          const problem = problemOfUrl(url);
          return problem === undefined ? NONE : [invalid(urlsPath.index(index), url, problem)];
        })),
  ];
}

function problemOfUrl(url: string): string | undefined {
  if (url === '') return 'must not be empty';
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must start with slash';
  if (url.includes(' ')) return 'must not contain white-space';
  if (url.includes('//')) return 'must not contain double slash';
  const wildcards = url.split('*').length - 1;
  const isSuffix = wildcards === 0 || (wildcards === 1 && url.endsWith('/*'));
  return isSuffix ? undefined : 'wildcard can only do suffix matching';
}
