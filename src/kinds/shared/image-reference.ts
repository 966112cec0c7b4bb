const HOST =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[a-fA-F0-9:]+\\])';
const DOMAIN = `${HOST}(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})';
const reference = new RegExp(`^(${DOMAIN})/(${COMPONENT}(?:/${COMPONENT})*)(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const PATH_MAX_LENGTH = 255;

/** An image, told apart. */
export interface ImageReference {
  /** With the registry: `docker.io/library/nginx`. */
  readonly name: string;
  /** '' where there is only a digest; `latest` where neither is written. */
  readonly tag: string;
  /** '' where none is written. */
  readonly digest: string;
}

/**
 * Reads the name of an image, or says in the runtime's words why it is none.
 * Source: pkg/util/parsers/parsers.go, 1.36, which reads names as github.com/distribution/reference does.
 */
export function parseImageReference(image: string): ImageReference | { readonly problem: string } {
  if (/^[a-f0-9]{64}$/.test(image))
    return { problem: `invalid repository name (${image}), cannot specify 64-byte hexadecimal strings` };
  const qualified = withDomain(image);
  const path = qualified.slice(qualified.indexOf('/') + 1);
  const end = path.indexOf(':');
  const remote = end < 0 ? path : path.slice(0, end);
  if (remote.toLowerCase() !== remote)
    return { problem: `invalid reference format: repository name (${remote}) must be lowercase` };
  const match = reference.exec(qualified);
  if (match === null) return { problem: 'invalid reference format' };
  const [, domain = '', repository = '', tag, digest] = match;
  if (repository.length > PATH_MAX_LENGTH)
    return { problem: `repository name must not be more than ${PATH_MAX_LENGTH} characters` };
  return { name: `${domain}/${repository}`, tag: tag ?? (digest === undefined ? 'latest' : ''), digest: digest ?? '' };
}

/** Names without a registry are those of Docker Hub, and without a slash its own. */
function withDomain(image: string): string {
  const slash = image.indexOf('/');
  if (slash < 0) return `docker.io/library/${image}`;
  const first = image.slice(0, slash);
  const rest = image.slice(slash + 1);
  if (first === 'index.docker.io' || first === 'docker.io') {
    return `docker.io/${rest.includes('/') ? rest : `library/${rest}`}`;
  }
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
  return isDomain ? image : `docker.io/${image}`;
}
