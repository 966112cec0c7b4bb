import { gatewayApiStrategy } from '../shared/gateway-api/gateway-api-strategy.ts';
import definition from './listenerset.schema.json' with { type: 'json' };

export const listenerSetStrategy = gatewayApiStrategy('ListenerSet', definition);
