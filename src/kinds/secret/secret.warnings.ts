import type { KubernetesObject } from '../../apimachinery/object.ts';
import { stringMapAt } from '../../base/json.ts';
import { textAt } from '../shared/validation/fields.ts';
import { textOfBase64 } from '../shared/base64-text.ts';

const NO_PEM = 'tls: failed to find any PEM data in';

/**
 * A certificate and its key that are no PEM at all. What is inside is not looked at: whether they fit takes cryptography.
 * Source: pkg/registry/core/secret/strategy.go `warningsForSecret`, 1.36.
 */
export function secretWarnings(object: KubernetesObject): readonly string[] {
  if (textAt(object, 'type') !== 'kubernetes.io/tls') return [];
  const data = stringMapAt(object, 'data');
  const [certificate, key] = ['tls.crt', 'tls.key'].map((name) => textOfBase64(data.get(name) ?? ''));
  if (!hasPem(certificate)) return [`${NO_PEM} certificate input`];
  return hasPem(key) ? [] : [`${NO_PEM} key input`];
}

function hasPem(text = ''): boolean {
  return /(?:^|\n)-----BEGIN [^\n]*-----/.test(text);
}
