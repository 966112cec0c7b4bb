import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { parseIp } from '../../apimachinery/ip.ts';
import { validateDns1123Subdomain, validateWildcardDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, pointerAt, textAt, textsAt, validateEach } from '../shared/validation/fields.ts';
import { invalidFor, validateDnsSubdomain } from '../shared/validation/messages.ts';
import { validateIngressBackend } from './ingress-backend.validation.ts';

const SPEC = ValidationPath.of('spec');
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** What an update lets pass because the Ingress had it before. */
interface IngressOptions {
  readonly allowInvalidSecretName?: boolean;
  readonly allowInvalidWildcardHostRule?: boolean;
}

/** Source: pkg/apis/networking/validation/validation.go `ValidateIngressCreate`, `ValidateIngressUpdate`, 1.36. */
export function validateIngress(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  if (old === undefined) return [...validateIngressSpec(spec, {}), ...validateClassAnnotation(object)];
  const oldSpec = valueAt(old, 'spec');
  return validateIngressSpec(spec, {
    allowInvalidSecretName: arrayAt(oldSpec, 'tls').some((tls) => secretNameMessages(tls).length > 0),
    allowInvalidWildcardHostRule: arrayAt(oldSpec, 'rules').some(
      (rule) => textAt(rule, 'host').includes('*') && validateHttp(rule, SPEC).length > 0,
    ),
  });
}

function validateClassAnnotation(object: KubernetesObject): readonly FieldError[] {
  const annotation = annotationsOf(object).get(CLASS_ANNOTATION);
  const name = pointerAt(object, 'spec', 'ingressClassName');
  if (annotation === undefined || name === undefined || name === annotation) return NONE;
  // Upstream leaves `metadata` out of the path.
  const path = ValidationPath.of('annotations').child(CLASS_ANNOTATION);
  return [invalid(path, annotation, 'must match `ingressClassName` when both are specified')];
}

function validateIngressSpec(spec: JsonValue | undefined, options: IngressOptions): readonly FieldError[] {
  const backend = pointerAt(spec, 'defaultBackend');
  const hasRules = arrayAt(spec, 'rules').length > 0;
  const eitherOf = 'either `defaultBackend` or `rules` must be specified';
  return [
    ...(hasRules || backend !== undefined ? NONE : [invalid(SPEC, valueAt(spec, 'rules') ?? null, eitherOf)]),
    ...(backend === undefined ? NONE : validateIngressBackend(backend, SPEC.child('defaultBackend'))),
    ...validateEach(valueAt(spec, 'rules'), SPEC.child('rules'), (rule, path) => validateRule(rule, path, options)),
    ...validateEach(valueAt(spec, 'tls'), SPEC.child('tls'), (tls, path) => validateTls(tls, path, options)),
    ...(pointerAt(spec, 'ingressClassName') === undefined
      ? NONE
      : validateDnsSubdomain(textAt(spec, 'ingressClassName'), SPEC.child('ingressClassName'))),
  ];
}

function validateHost(host: string, path: ValidationPath): readonly FieldError[] {
  const isWildcard = host.includes('*');
  return invalidFor(path, host, isWildcard ? validateWildcardDns1123Subdomain(host) : validateDns1123Subdomain(host));
}

function validateTls(tls: JsonValue, path: ValidationPath, options: IngressOptions): readonly FieldError[] {
  const hosts = textsAt(tls, 'hosts').flatMap((host, index) => validateHost(host, path.child('hosts').index(index)));
  if (options.allowInvalidSecretName) return hosts;
  return [...hosts, ...invalidFor(path.child('secretName'), textAt(tls, 'secretName'), secretNameMessages(tls))];
}

function secretNameMessages(tls: JsonValue): readonly string[] {
  const name = textAt(tls, 'secretName');
  return name === '' ? [] : validateDns1123Subdomain(name);
}

function validateRule(rule: JsonValue, path: ValidationPath, options: IngressOptions): readonly FieldError[] {
  const host = textAt(rule, 'host');
  const hostPath = path.child('host');
  const errors = [
    ...(parseIp(host) === undefined ? NONE : [invalid(hostPath, host, 'must be a DNS name, not an IP address')]),
    ...(host === '' ? NONE : validateHost(host, hostPath)),
  ];
  if (host.includes('*') && options.allowInvalidWildcardHostRule) return errors;
  return [...errors, ...validateHttp(rule, path)];
}

function validateHttp(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  const http = pointerAt(rule, 'http');
  if (http === undefined) return NONE;
  const pathsPath = path.child('http', 'paths');
  if (arrayAt(http, 'paths').length === 0) return [required(pathsPath)];
  return validateEach(valueAt(http, 'paths'), pathsPath, validateHttpPath);
}

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'] as const;
const FORBIDDEN_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'] as const;
const FORBIDDEN_ENDINGS = ['/..', '/.'] as const;

function validateHttpPath(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(rule, 'pathType') === undefined)
    return [required(path.child('pathType'), 'pathType must be specified')];
  return [
    ...validatePathOfType(textAt(rule, 'path'), textAt(rule, 'pathType'), path),
    ...validateIngressBackend(valueAt(rule, 'backend'), path.child('backend')),
  ];
}

function validatePathOfType(text: string, type: string, path: ValidationPath): readonly FieldError[] {
  const pathPath = path.child('path');
  const relative = text.startsWith('/') ? NONE : [invalid(pathPath, text, 'must be an absolute path')];
  switch (type) {
    case 'Exact':
    case 'Prefix':
      return [
        ...relative,
        ...FORBIDDEN_SEQUENCES.filter((sequence) => text.includes(sequence)).map((sequence) =>
          invalid(pathPath, text, `must not contain '${sequence}'`),
        ),
        ...FORBIDDEN_ENDINGS.filter((ending) => text.endsWith(ending)).map((ending) =>
          invalid(pathPath, text, `cannot end with '${ending}'`),
        ),
      ];
    case 'ImplementationSpecific':
      return text === '' ? NONE : relative;
    default:
      return [notSupported(path.child('pathType'), type, PATH_TYPES)];
  }
}
