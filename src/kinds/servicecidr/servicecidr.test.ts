import { ServiceCIDR } from 'kubernetes-models/networking.k8s.io/v1/ServiceCIDR';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { serviceCIDR } from './servicecidr.ts';

test('summary', () => expect(serviceCIDR.summary?.(serviceCIDR.newObject('more'))).toEqual({ fact: '10.100.0.0/16' }));

test('nothing in a ServiceCIDR makes it throw', () => expectTotal(serviceCIDR, [serviceCIDR.newObject('more')]));

test('the schema accepts a new one', () => expectAccepted(ServiceCIDR, serviceCIDR.newObject('web')));
