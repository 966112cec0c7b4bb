import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../../apimachinery/field-error.ts';
import { validateDns1123SubdomainWithUnderscore } from '../../../../apimachinery/names.ts';
import { byteLength } from '../../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { valueAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, textsAt, validateEach, validateRequiredEnum } from '../../validation/fields.ts';
import { validateLegacyIpField } from '../../validation/ip-address.ts';
import { invalidFor, validateDnsSubdomain } from '../../validation/messages.ts';

const MAX_NAMESERVERS = 3;
const MAX_SEARCH_PATHS = 32;
const MAX_SEARCH_LIST_BYTES = 2048;

export function validateDnsPolicy(policy: string, path: ValidationPath): readonly FieldError[] {
  return validateRequiredEnum(policy, path, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']);
}

/** `dnsConfig` of a Pod. Source: pkg/apis/core/validation/validation.go `validatePodDNSConfig`, 1.36. */
export function validateDnsConfig(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const config = pointerAt(spec, 'dnsConfig');
  const nameservers = textsAt(config, 'nameservers');
  if (textAt(spec, 'dnsPolicy') === 'None') {
    if (config === undefined) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if (nameservers.length === 0) {
      const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return [required(path.child('nameservers'), detail)];
    }
  }
  if (config === undefined) return NONE;
  return [
    ...validateNameservers(nameservers, path.child('nameservers')),
    ...validateSearches(textsAt(config, 'searches'), path.child('searches')),
    ...validateEach(valueAt(config, 'options'), path.child('options'), (option, optionPath) =>
      textAt(option, 'name') === '' ? [required(optionPath, 'must not be empty')] : NONE,
    ),
  ];
}

function validateNameservers(nameservers: readonly string[], path: ValidationPath): readonly FieldError[] {
  const tooMany = nameservers.length > MAX_NAMESERVERS;
  return [
    ...(tooMany ? [invalid(path, nameservers, `must not have more than ${MAX_NAMESERVERS} nameservers`)] : NONE),
    ...nameservers.flatMap((address, index) => validateLegacyIpField(address, path.index(index))),
  ];
}

function validateSearches(searches: readonly string[], path: ValidationPath): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (searches.length > MAX_SEARCH_PATHS) {
    errors.push(invalid(path, searches, `must not have more than ${MAX_SEARCH_PATHS} search paths`));
  }
  if (byteLength(searches.join(' ')) > MAX_SEARCH_LIST_BYTES) {
    const detail = `must not have more than ${MAX_SEARCH_LIST_BYTES} characters (including spaces) in the search list`;
    errors.push(invalid(path, searches, detail));
  }
  for (const [index, search] of searches.entries()) {
    if (search === '.') continue;
    const domain = search.endsWith('.') ? search.slice(0, -1) : search;
    errors.push(...invalidFor(path.index(index), domain, validateDns1123SubdomainWithUnderscore(domain)));
  }
  return errors;
}

/** `hostAliases`: lines of the Pod's hosts file. */
export function validateHostAliases(aliases: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return validateEach(aliases, path, (alias, aliasPath) => [
    ...validateLegacyIpField(textAt(alias, 'ip'), aliasPath.child('ip')),
    ...textsAt(alias, 'hostnames').flatMap((name, index) =>
      validateDnsSubdomain(name, aliasPath.child('hostnames').index(index)),
    ),
  ]);
}
