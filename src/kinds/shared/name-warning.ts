import { validateDns1123Label } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';

/** The server's warning about names with dots, which end up in the names of Pods. Messages stand as Go prints a list. */
export function podNameWarnings(object: KubernetesObject): readonly string[] {
  const messages = validateDns1123Label(nameOf(object));
  if (messages.length === 0) return [];
  const consequence = 'this is used in Pod names and hostnames, which can result in surprising behavior';
  return [`metadata.name: ${consequence}; a DNS label is recommended: [${messages.join(' ')}]`];
}
