/**
 * An image as a card shows it: the registry and path fall away (`ghcr.io/acme/web:1.4` is `web:1.4`), a digest beside
 * a tag too, and a digest alone keeps seven digits (`web@sha256:0a1b2c3`).
 */
export function shortImageName(image: string): string {
  const at = image.indexOf('@');
  const tagged = at < 0 ? image : image.slice(0, at);
  const short = tagged.slice(tagged.lastIndexOf('/') + 1);
  if (at < 0 || short.includes(':')) return short;
  const digest = image.slice(at + 1);
  const colon = digest.indexOf(':');
  return `${short}@${digest.slice(0, colon + 1)}${digest.slice(colon + 1, colon + 8)}`;
}
