import type { ComponentDefinition, ComponentId } from '../component.ts';
import { controllerComponent } from '../controllers/controller-host.ts';
import type { ControllerState } from '../controllers/controller-state.ts';
import { installedUser } from '../client/installed-user.ts';
import { operatorController } from './operator-controller.ts';
import type { Operator } from './operator.ts';

export const OPERATOR = 'operator';

export interface OperatorSettings {
  readonly server: ComponentId;
  readonly operator: Operator;
}

interface OperatorState {
  readonly operator: Operator;
  readonly controller: ControllerState;
}

const definitions = new WeakMap<Operator, ComponentDefinition<ControllerState>>();

function definitionOf(operator: Operator): ComponentDefinition<ControllerState> {
  let definition = definitions.get(operator);
  if (definition === undefined)
    definitions.set(operator, (definition = controllerComponent(operatorController(operator))));
  return definition;
}

/** An operator of a script: a process of its own, a client of the API server as any. */
export const operatorComponent: ComponentDefinition<OperatorState> = {
  kind: OPERATOR,
  start(context, settings) {
    const { server, operator } = settings as OperatorSettings;
    const own = { server, user: installedUser('operators', operator.name), agent: operator.name };
    return { operator, controller: definitionOf(operator).start(context, own) };
  },
  handle({ operator, controller }, event, context) {
    definitionOf(operator).handle(controller, event, context);
  },
};
