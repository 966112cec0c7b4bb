import type { KindDefinition } from '../kind.ts';
import { issuerDefinition } from '../shared/cert-manager.ts';

export const issuer: KindDefinition = issuerDefinition('Issuer');
