import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { STORAGE_CLASSES } from '../resources.ts';
import { updateClaim } from './bind.ts';
import { BETA_STORAGE_PROVISIONER, STORAGE_PROVISIONER, classOf, withAnnotation } from './claim-facts.ts';

/** Drivers that took over from plugins inside Kubernetes. Source: staging/src/k8s.io/csi-translation-lib/plugins, 1.36. */
const MIGRATED: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
};

/**
 * Asks the provisioner of a claim's class for a volume: it sees its name in the annotation.
 * Source: pkg/controller/volume/persistentvolume/pv_controller.go `provisionClaim`, 1.36.
 */
export function provision(context: ReconcileContext, claim: KubernetesObject): void {
  const name = classOf(claim);
  const storageClass = context.view(STORAGE_CLASSES).getKey(name);
  const warn = (words: string): void => context.event(claim, 'Warning', 'ProvisioningFailed', words);
  if (storageClass === undefined) return warn(`storageclass.storage.k8s.io "${name}" not found`);
  const wanted = stringAt(storageClass, 'provisioner') ?? '';
  const provisioner = MIGRATED[wanted] ?? wanted;
  // Nothing inside Kubernetes makes volumes any more.
  if (provisioner.startsWith('kubernetes.io/')) return warn(`no volume plugin matched name: ${provisioner}`);
  if (annotationsOf(claim).get(STORAGE_PROVISIONER) === undefined) {
    const marked = withAnnotation(
      withAnnotation(claim, BETA_STORAGE_PROVISIONER, provisioner),
      STORAGE_PROVISIONER,
      provisioner,
    );
    updateClaim(context, marked);
  }
  context.event(
    claim,
    'Normal',
    'ExternalProvisioning',
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
  );
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const BETA_DEFAULT_CLASS = 'storageclass.beta.kubernetes.io/is-default-class';

/** The default class: the newest of several. Source: pkg/volume/util/storageclass.go `GetDefaultClass`, 1.36. */
export function defaultClass(context: ReconcileContext): KubernetesObject | undefined {
  return context
    .view(STORAGE_CLASSES)
    .list()
    .filter(isDefaultClass)
    .sort((a, b) => (madeAt(a) === madeAt(b) ? (nameOf(a) < nameOf(b) ? -1 : 1) : madeAt(a) < madeAt(b) ? 1 : -1))[0];
}

export function isDefaultClass(storageClass: KubernetesObject): boolean {
  return [DEFAULT_CLASS, BETA_DEFAULT_CLASS].some((key) => annotationsOf(storageClass).get(key) === 'true');
}

function madeAt(object: KubernetesObject): string {
  return stringAt(object, 'metadata', 'creationTimestamp') ?? '';
}

export function keyOfClaim(claim: KubernetesObject): string {
  return `${namespaceOf(claim) ?? ''}/${nameOf(claim)}`;
}
