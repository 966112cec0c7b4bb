import { gatewayApiStrategy } from '../shared/gateway-api/gateway-api-strategy.ts';
import definition from './tlsroute.schema.json' with { type: 'json' };

export const tlsRouteStrategy = gatewayApiStrategy('TLSRoute', definition);
