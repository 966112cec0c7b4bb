import { fileURLToPath } from 'node:url';

const PACKAGES = ['kubernetes-models', '@kubernetes-models/apimachinery', '@kubernetes-models/gateway-api'];

/** Folders of the packages that the schema is made from; their versions are pinned in package.json. */
export const packageRoots = PACKAGES.map((name) =>
  fileURLToPath(new URL(`../../../node_modules/${name}`, import.meta.url)),
);
