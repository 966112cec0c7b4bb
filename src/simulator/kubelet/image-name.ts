import { formatHash, hashOf } from '../../base/hash.ts';
import { parseImageReference } from '../../kinds/shared/image-reference.ts';

/**
 * The image as the runtime is asked for it: with the tag that goes without saying. Or why it is no image.
 * Source: pkg/kubelet/images/image_manager.go `applyDefaultImageTag`, 1.36.
 */
export function withDefaultTag(image: string): { readonly image: string } | { readonly problem: string } {
  const read = parseImageReference(image);
  if ('problem' in read) return { problem: `couldn't parse image name ${JSON.stringify(image)}: ${read.problem}` };
  const { tag, digest } = read;
  const isTagged = digest !== '' || tag === '' || image.endsWith(`:${tag}`);
  return { image: isTagged ? image : `${image}:${tag}` };
}

/** As the runtime tells the image of a container: `docker.io/library/nginx:1.27`. */
export function qualifiedImage(image: string): string {
  const read = parseImageReference(image);
  if ('problem' in read) return image;
  const { name, tag, digest } = read;
  return digest === '' ? `${name}:${tag}` : `${name}@${digest}`;
}

/** The image by the digest of its manifest; without a registry the digest follows from the name. */
export function imageIdOf(image: string): string {
  const read = parseImageReference(image);
  if ('problem' in read) return image;
  const { name, tag, digest } = read;
  return `${name}@${digest === '' ? `sha256:${digestOf(`${name}:${tag}`)}` : digest}`;
}

function digestOf(text: string): string {
  let hash = hashOf(text);
  let hex = '';
  while (hex.length < 64) {
    hash = hashOf(text, hash);
    hex += formatHash(hash);
  }
  return hex;
}
