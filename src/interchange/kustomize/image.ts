import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';

/**
 * An image with what an entry of `images` says of it; as it is where the entry means another.
 * Source: api/filters/imagetag/updater.go and api/internal/image/image.go of kubernetes-sigs/kustomize.
 */
export function imageWith(image: string, entry: JsonObject): string {
  const part = (key: string): string => stringAt(entry, key) ?? '';
  if (!isMeant(image, part('name'))) return image;
  const { name, tag, digest } = partsOf(image);
  const [newTag, newDigest, suffix] = [part('newTag'), part('digest'), part('tagSuffix')];
  const base = part('newName') || name;
  if (newTag !== '' || newDigest !== '') return joined(base, newTag, newDigest);
  return suffix === '' ? joined(base, tag, digest) : joined(base, `${tag}${suffix}`, '');
}

/** Upstream takes the name for the beginning of a regular expression; only its dots mean anything in real names. */
function isMeant(image: string, name: string): boolean {
  if (name === '' || name.length > 500) return false;
  const pattern = name.replaceAll(/[\\^$*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${pattern}(?::[a-zA-Z0-9_.{}-]*)?(?:@sha256:[a-zA-Z0-9_.{}-]*)?$`).test(image);
}

function partsOf(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const at = image.indexOf('@');
  const [rest, digest] = at < 0 ? [image, ''] : [image.slice(0, at), image.slice(at + 1)];
  const colon = rest.indexOf(':', Math.max(0, rest.indexOf('/')));
  return colon < 0
    ? { name: rest, tag: '', digest }
    : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}

function joined(name: string, tag: string, digest: string): string {
  return `${name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
}
