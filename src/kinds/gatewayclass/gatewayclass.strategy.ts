import { gatewayApiStrategy } from '../shared/gateway-api/gateway-api-strategy.ts';
import definition from './gatewayclass.schema.json' with { type: 'json' };

export const gatewayClassStrategy = gatewayApiStrategy('GatewayClass', definition, 'Cluster');
