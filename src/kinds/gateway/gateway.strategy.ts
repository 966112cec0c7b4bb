import { gatewayApiStrategy } from '../shared/gateway-api/gateway-api-strategy.ts';
import definition from './gateway.schema.json' with { type: 'json' };

export const gatewayStrategy = gatewayApiStrategy('Gateway', definition);
