import { parseImageReference } from '../image-reference.ts';

/**
 * `imagePullPolicy` where it is not written: an image that is, or goes without saying, tagged `latest` is always pulled.
 * Source: pkg/util/parsers/parsers.go, 1.36.
 */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const read = parseImageReference(image);
  return 'tag' in read && read.tag === 'latest' ? 'Always' : 'IfNotPresent';
}
