import type { KindDefinition } from '../kind.ts';
import { issuerDefinition } from '../shared/cert-manager.ts';

export const clusterIssuer: KindDefinition = issuerDefinition('ClusterIssuer');
