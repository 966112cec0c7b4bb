import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid } from '../../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../../apimachinery/names.ts';
import { byteLength } from '../../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt } from '../../validation/fields.ts';
import { invalidFor } from '../../validation/messages.ts';
import { allContainers, visitContainers } from './visit-containers.ts';

const CREDENTIAL_SPEC_MAX_KIB = 64;
const DOMAIN_MAX_BYTES = 256;
const USER_MAX_BYTES = 104;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL_CHARACTERS = /[\0-\x1f\x7f]/;
const NETBIOS_NAME = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/su;
const DNS_LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const DNS_NAME = new RegExp(`^${DNS_LABEL}(?:\\.${DNS_LABEL})*$`);
const FORBIDDEN_IN_USER_NAMES = /["/\\:;|=,+*?<>@[\]]/;

/** `windowsOptions` of a Pod or a container. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateWindowsOptions(options: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (options === undefined || options === null) return NONE;
  const [specName, spec, user] = ['gmsaCredentialSpecName', 'gmsaCredentialSpec', 'runAsUserName'].map((field) =>
    pointerAt(options, field) === undefined ? undefined : textAt(options, field),
  );
  const on = (field: string, value: string | undefined, problems: (value: string) => readonly string[]) =>
    value === undefined ? NONE : invalidFor(path.child(field), value, problems(value));
  return [
    ...on('gmsaCredentialSpecName', specName, validateDns1123Subdomain),
    ...on('gmsaCredentialSpec', spec, credentialSpecProblems),
    ...on('runAsUserName', user, userNameProblems),
  ];
}

function credentialSpecProblems(spec: string): readonly string[] {
  if (spec === '') return ['gmsaCredentialSpec cannot be an empty string'];
  if (byteLength(spec) <= CREDENTIAL_SPEC_MAX_KIB * 1024) return [];
  return [`gmsaCredentialSpec size must be under ${CREDENTIAL_SPEC_MAX_KIB} KiB`];
}

/** `user` or `domain\user`. */
function userNameProblems(name: string): readonly string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  if (CONTROL_CHARACTERS.test(name)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const domain = parts.length === 2 ? parts[0] : undefined;
  return [...(domain === undefined ? [] : domainProblems(domain)), ...userProblems(parts.at(-1)!)];
}

function domainProblems(domain: string): readonly string[] {
  const problems: string[] = [];
  if (byteLength(domain) >= DOMAIN_MAX_BYTES) {
    problems.push(`runAsUserName's Domain length must be under ${DOMAIN_MAX_BYTES} characters`);
  }
  if (!NETBIOS_NAME.test(domain) && !DNS_NAME.test(domain)) {
    problems.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  }
  return problems;
}

function userProblems(user: string): readonly string[] {
  const problems: string[] = [];
  if (user === '') problems.push("runAsUserName's User cannot be empty");
  else if (byteLength(user) > USER_MAX_BYTES) {
    problems.push(`runAsUserName's User length must not be longer than ${USER_MAX_BYTES} characters`);
  }
  if (/^[. ]+$/.test(user)) problems.push("runAsUserName's User cannot contain only periods or spaces");
  if (FORBIDDEN_IN_USER_NAMES.test(user)) {
    problems.push(`runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]`);
  }
  return problems;
}

/** A Pod of host process containers has no others, and is on the Node's network. */
export function validateHostProcessPod(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const ofPod = hostProcessOf(spec);
  const containers = allContainers(spec);
  const mixed = visitContainers(spec, path, (container, containerPath) => {
    const own = hostProcessOf(container);
    if (ofPod === undefined || own === undefined || own === ofPod) return NONE;
    const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
    return [invalid(containerPath.child('securityContext', 'windowsOptions', 'hostProcess'), own, detail)];
  });
  const count = containers.filter((container) => hostProcessOf(container) ?? ofPod ?? false).length;
  if (count === 0) return mixed;
  const errors = [...mixed];
  if (count !== containers.length) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(invalid(path, '', detail));
  }
  if (pointerAt(spec, 'hostNetwork') !== true) {
    const detail = 'hostNetwork must be true if pod contains any hostProcess containers';
    errors.push(invalid(path.child('hostNetwork'), false, detail));
  }
  return errors;
}

function hostProcessOf(value: JsonValue | undefined): boolean | undefined {
  const own = pointerAt(value, 'securityContext', 'windowsOptions', 'hostProcess');
  return typeof own === 'boolean' ? own : undefined;
}
