import { nameAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** PKCS #10 of CN=jane, O=developers, whose key nobody has: an API server takes no request that is not signed. */
const REQUEST = [
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIZk1JR0dBZ0VBTUNReERUQUxCZ05WQkFNTUJHcGhibVV4RXpB',
  'UkJnTlZCQW9NQ21SbGRtVnNiM0JsY25NdwpXVEFUQmdjcWhrak9QUUlCQmdncWhrak9QUU1CQndOQ0FBU1B6TUN2VUh3N0I3cndM',
  'N2gvangyVGZQK0ttaEZNCllhbVhmckErdXh1YnpFMUxmWEdpTTdvaVNlTEFmcURDUWJ0YnAxdjRlQ3ByaTl6TEQ5Q281NU4wb0FB',
  'd0NnWUkKS29aSXpqMEVBd0lEU0FBd1JRSWhBTjN0L29GSU1sWDFNR2VTRks5UFJTVW9lNHlzcnhub3JKdjBCeWVTSW9CMApBaUE2',
  'di8wQ3hFaTFZajIxby81WGxxa2ZJYUk2Y21XTll6cnR4a2drSTRoKzdnPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0t',
  'LS0tCg==',
].join('');

/** Asks a signer for a certificate: of a user, of a kubelet. */
export const certificateSigningRequest: KindDefinition = {
  group: 'certificates.k8s.io',
  version: 'v1',
  kind: 'CertificateSigningRequest',
  resource: 'certificatesigningrequests',
  shortNames: ['csr'],
  scope: 'Cluster',
  category: 'access',
  nameForm: 'pathSegment',
  newObject: (name) => ({
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: newMetadata(name),
    spec: { request: REQUEST, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'] },
  }),
  references: () => [],
  summary: (object) => {
    const fact = nameAt(object, 'spec', 'signerName');
    return fact === undefined ? {} : { fact };
  },
  fields: ['spec.signerName', 'spec.usages', 'spec.expirationSeconds', 'spec.request'],
};
