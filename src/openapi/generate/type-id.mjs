/**
 * The name of a type in the generated schema: apiVersion and type joined by a dot, so that the id of a kind can be made
 * from an object alone: `v1.Pod`, `apps/v1.DeploymentSpec`, `meta/v1.ObjectMeta`, `intstr.IntOrString`.
 */

/** Packages of kubernetes/api whose group is not their own name followed by `.k8s.io`. */
const GROUPS = {
  core: '',
  apps: 'apps',
  autoscaling: 'autoscaling',
  batch: 'batch',
  extensions: 'extensions',
  policy: 'policy',
  apiserverinternal: 'internal.apiserver.k8s.io',
  flowcontrol: 'flowcontrol.apiserver.k8s.io',
  rbac: 'rbac.authorization.k8s.io',
};

/** @param {string} name a key of the official definitions, `io.k8s.api.apps.v1.Deployment` @returns {string} */
export function typeIdOfDefinition(name) {
  const parts = name.split('.');
  const type = parts.pop();
  if (name.startsWith('io.k8s.apimachinery.')) {
    const [last, beforeLast] = [parts.at(-1), parts.at(-2)];
    return beforeLast === 'meta' ? `meta/${last}.${type}` : `${last}.${type}`;
  }
  const version = parts.at(-1);
  const group = GROUPS[parts.at(-2)] ?? `${parts.at(-2)}.k8s.io`;
  return group === '' ? `${version}.${type}` : `${group}/${version}.${type}`;
}

/**
 * @param {string} path of a declaration inside its package, `apps/v1/Deployment.d.ts`, `apis/meta/v1/ObjectMeta.d.ts`
 * @returns {string}
 */
export function typeIdOfFile(path) {
  const parts = path.replace(/\.d\.ts$/, '').split('/');
  const type = parts.pop();
  if (parts[0] === 'apis' || parts[0] === 'api' || parts[0] === 'util') parts.shift();
  return `${parts.join('/')}.${type}`;
}

/** @param {string} id @returns {string} the API group whose chunk holds the type; `meta` for what all groups share */
export function groupOfTypeId(id) {
  const apiVersion = id.slice(0, id.lastIndexOf('.'));
  if (/^v\d/.test(apiVersion)) return '';
  const slash = apiVersion.indexOf('/');
  return slash < 0 || apiVersion.startsWith('meta/') ? 'meta' : apiVersion.slice(0, slash);
}
