import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { isCertificateRequestPem } from './certificate-request-pem.ts';
import {
  validateRequestChange,
  validateRequestState,
  validateRequestStatus,
} from './certificatesigningrequest.status.ts';
import { validateSignerName } from './signer-name.validation.ts';

const SPEC = ValidationPath.of('spec');
const USAGES = SPEC.child('usages');
const LEGACY_SIGNER = 'kubernetes.io/legacy-unknown';
const MIN_EXPIRATION_SECONDS = 600;
const KNOWN_USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];
/** Written by the server: who asks. */
const REQUESTER = ['username', 'uid', 'groups', 'extra'];

/**
 * A request never changes once it is there. What stands inside the PEM block is not read here.
 * Source: pkg/registry/certificates/certificates/strategy.go and pkg/apis/certificates/validation/validation.go, 1.36.
 */
export const certificateSigningRequestStrategy: KindStrategy = {
  group: 'certificates.k8s.io',
  kind: 'CertificateSigningRequest',
  hasStatus: true,
  hasGeneration: false,
  setDefaults: (object) => object,
  prepareForCreate: (object) =>
    omit(
      updateStruct(object, 'spec', (spec) => omit(spec, ...REQUESTER)),
      'status',
    ),
  prepareForUpdate: (object, old) => {
    const [spec, status] = [valueAt(old, 'spec'), valueAt(old, 'status')];
    const bare = omit(object, 'spec', 'status');
    return { ...bare, ...(spec === undefined ? {} : { spec }), ...(status === undefined ? {} : { status }) };
  },
  validate: (object, old) => [
    ...validateRequest(pointerAt(object, 'spec', 'request')),
    ...(old === undefined ? validateUsages(textsAt(object, 'spec', 'usages')) : NONE),
    ...validateSigner(textAt(object, 'spec', 'signerName'), old),
    ...validateExpiration(optionalIntegerAt(object, 'spec', 'expirationSeconds')),
    ...validateRequestState(object, old),
  ],
  validateUpdate: (object, old) => validateRequestChange(object, old, 'nothing'),
  validateStatus: validateRequestStatus,
};

function validateRequest(request: JsonValue | undefined): readonly FieldError[] {
  if (typeof request === 'string' && isCertificateRequestPem(request)) return NONE;
  return [invalid(SPEC.child('request'), request ?? null, 'PEM block type must be CERTIFICATE REQUEST')];
}

/** What an old request has, a new one may keep: so nothing is asked of the usages of an update. */
function validateUsages(usages: readonly string[]): readonly FieldError[] {
  return [
    ...(usages.length === 0 ? [required(USAGES)] : NONE),
    ...usages.flatMap((usage, index) =>
      KNOWN_USAGES.includes(usage) ? NONE : [notSupported(USAGES.index(index), usage, KNOWN_USAGES)],
    ),
    ...usages.flatMap((usage, index) =>
      usages.indexOf(usage) < index ? [duplicate(USAGES.index(index), usage)] : NONE,
    ),
  ];
}

function validateSigner(signerName: string, old: KubernetesObject | undefined): readonly FieldError[] {
  const path = SPEC.child('signerName');
  if (signerName === LEGACY_SIGNER && old === undefined)
    return [invalid(path, signerName, 'the legacy signerName is not allowed via this API version')];
  return validateSignerName(path, signerName);
}

function validateExpiration(seconds: number | bigint | undefined): readonly FieldError[] {
  if (seconds === undefined || seconds >= MIN_EXPIRATION_SECONDS) return NONE;
  const words = 'may not specify a duration less than 600 seconds (10 minutes)';
  return [invalid(SPEC.child('expirationSeconds'), seconds, words)];
}
