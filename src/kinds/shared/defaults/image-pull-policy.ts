/**
 * `imagePullPolicy` where it is not written: an image that is, or goes without saying, tagged `latest` is always pulled.
 * Source: pkg/util/parsers/parsers.go, 1.36, which reads names as github.com/distribution/reference does.
 */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  return tagOf(image) === 'latest' ? 'Always' : 'IfNotPresent';
}

const HOST =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[a-fA-F0-9:]+\\])';
const DOMAIN = `${HOST}(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})';
const reference = new RegExp(`^${DOMAIN}/(${COMPONENT}(?:/${COMPONENT})*)(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const PATH_MAX_LENGTH = 255;

/** The tag of an image: '' for one that has only a digest, and for what is no image name. */
function tagOf(image: string): string {
  if (/^[a-f0-9]{64}$/.test(image)) return '';
  const match = reference.exec(withDomain(image));
  if (!match || match[1]!.length > PATH_MAX_LENGTH) return '';
  return match[2] ?? (match[3] === undefined ? 'latest' : '');
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
