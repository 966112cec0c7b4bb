import { validateDns1123Label, validateDns1123Subdomain, validatePathSegmentName } from '../apimachinery/names.ts';
import type { KindDefinition } from '../kinds/kind.ts';

/**
 * What the API server says of a name for a kind, or undefined when it takes it. Namespaces and Services are labels,
 * RBAC objects are path segments, everything else is a subdomain.
 * Source: pkg/apis/core/validation/validation.go (ValidateNamespaceName, ValidateServiceName), pkg/apis/rbac/validation, 1.36.
 */
export function validateObjectName(definition: KindDefinition, name: string): string | undefined {
  return validator(definition)(name)[0];
}

function validator({ nameForm }: KindDefinition): (name: string) => readonly string[] {
  if (nameForm === 'pathSegment') return validatePathSegmentName;
  return nameForm === 'label' ? validateDns1123Label : validateDns1123Subdomain;
}
