import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, textAt, validateEach } from '../shared/validation/fields.ts';
import { shownDifference, shownStruct } from '../shared/validation/go-structs.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { STATUS } from '../shared/validation/status-counts.ts';
import { certificatePemProblem } from './certificate-pem.ts';

const CONDITIONS = STATUS.child('conditions');
const CERTIFICATE = STATUS.child('certificate');
const DECISIONS = ['Approved', 'Denied'];
/** Conditions that are only ever true. */
const FINAL = [...DECISIONS, 'Failed'];
const STATUSES = ['False', 'True', 'Unknown'];
/** Of `CertificateSigningRequestCondition`, pkg/apis/certificates/types.go. */
const CONDITION_FIELDS =
  'Type:type Status:status Reason:reason Message:message LastUpdateTime:lastUpdateTime:any LastTransitionTime:lastTransitionTime:any';

/**
 * What a request's conditions and certificate say by themselves; what the old object said wrong may stay.
 * Source: pkg/apis/certificates/validation/validation.go `validateConditions`, `validateCertificate`, 1.36.
 */
export function validateRequestState(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  return [...validateConditions(object, old), ...validateCertificate(object, old)];
}

function validateConditions(object: KubernetesObject, old: KubernetesObject | undefined): readonly FieldError[] {
  const before = typesOf(old);
  const mayBeBoth = DECISIONS.every((type) => before.includes(type));
  const mayRepeat = new Set(before).size < before.length;
  const seen = new Set<string>();
  return validateEach(valueAt(object, 'status', 'conditions'), CONDITIONS, (condition, path) => {
    const [type, status] = [textAt(condition, 'type'), textAt(condition, 'status')];
    const allowed = FINAL.includes(type) ? ['True'] : STATUSES;
    const isRepeated = seen.has(type);
    const other = DECISIONS.find((decision) => decision !== type && seen.has(decision));
    seen.add(type);
    const isBoth = DECISIONS.includes(type) && other !== undefined;
    return [
      ...(type === '' && !before.includes('') ? [required(path.child('type'))] : NONE),
      ...(status === '' ? [required(path.child('status'))] : NONE),
      ...(status !== '' && !allowed.includes(status) ? [notSupported(path.child('status'), status, allowed)] : NONE),
      ...(isBoth && !mayBeBoth
        ? [invalid(CONDITIONS, type, 'Approved and Denied conditions are mutually exclusive')]
        : NONE),
      ...(isRepeated && !mayRepeat ? [duplicate(path.child('type'), type)] : NONE),
    ];
  });
}

function validateCertificate(object: KubernetesObject, old: KubernetesObject | undefined): readonly FieldError[] {
  const certificate = textAt(object, 'status', 'certificate');
  const before = old === undefined ? undefined : textAt(old, 'status', 'certificate');
  if (certificate === before || (before !== undefined && certificatePemProblem(before) !== undefined)) return NONE;
  const problem = certificatePemProblem(certificate);
  return problem === undefined ? NONE : [invalid(CERTIFICATE, '<certificate data>', problem)];
}

/** What a write may set that others may not: the status the certificate, the approval a decision. */
type Settable = 'certificate' | 'decision' | 'nothing';

/**
 * What a write may not do to the state of a request.
 * Source: the same file, `validateCertificateSigningRequestUpdate`.
 */
export function validateRequestChange(
  object: KubernetesObject,
  old: KubernetesObject,
  settable: Settable,
): readonly FieldError[] {
  const removed = FINAL.filter((type) => conditionsOf(object, type).length < conditionsOf(old, type).length);
  const [certificate, before] = [textAt(object, 'status', 'certificate'), textAt(old, 'status', 'certificate')];
  const errors = removed.map((type) => forbidden(CONDITIONS, `updates may not remove a condition of type "${type}"`));
  if (settable !== 'decision')
    errors.push(...DECISIONS.filter((type) => !removed.includes(type)).flatMap((type) => decided(object, old, type)));
  if (certificate === before) return errors;
  if (settable !== 'certificate') return [...errors, forbidden(CERTIFICATE, 'updates may not set certificate content')];
  return before === ''
    ? errors
    : [...errors, forbidden(CERTIFICATE, 'updates may not modify existing certificate content')];
}

function decided(object: KubernetesObject, old: KubernetesObject, type: string): readonly FieldError[] {
  const [now, before] = [conditionsOf(object, type), conditionsOf(old, type)];
  if (now.length > before.length) return [forbidden(CONDITIONS, `updates may not add a condition of type "${type}"`)];
  if (semanticEqual(now, before)) return NONE;
  const [shown, shownBefore] = [now, before].map((list) => list.map((one) => shownStruct(one, CONDITION_FIELDS)));
  const difference = shownDifference(shownBefore ?? null, shown ?? null);
  return [forbidden(CONDITIONS, `updates may not modify a condition of type "${type}"\n${difference}`)];
}

/** Source: the same file, `ValidateCertificateSigningRequestStatusUpdate`. */
export function validateRequestStatus(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  return [...validateRequestState(object, old), ...validateRequestChange(object, old, 'certificate')];
}

/** Source: the same file, `ValidateCertificateSigningRequestApprovalUpdate`. */
export function validateRequestApproval(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  return [...validateRequestState(object, old), ...validateRequestChange(object, old, 'decision')];
}

function conditionsOf(object: KubernetesObject, type: string): readonly JsonValue[] {
  return arrayAt(object, 'status', 'conditions').filter((condition) => textAt(condition, 'type') === type);
}

function typesOf(object: KubernetesObject | undefined): readonly string[] {
  return arrayAt(object, 'status', 'conditions').map((condition) => textAt(condition, 'type'));
}
