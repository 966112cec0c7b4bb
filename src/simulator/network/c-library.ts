import { arrayAt, stringAt } from '../../base/json.ts';

/** The C library whose `getaddrinfo` a program uses. */
export type CLibrary = 'glibc' | 'musl';

/** Images of Alpine Linux, as they are named: `alpine:3.22`, `nginx:1.29-alpine`, `busybox:1.37-musl`. */
const OF_MUSL = /(?:^|\/)alpine(?:[:@]|$)|:[^/]*\b(?:alpine|musl)/;

/** The library of a Pod's first container, as its image tells; glibc where it tells nothing. */
export function cLibraryOf(pod: unknown): CLibrary {
  const [first] = arrayAt(pod, 'spec', 'containers');
  return OF_MUSL.test(stringAt(first, 'image') ?? '') ? 'musl' : 'glibc';
}
