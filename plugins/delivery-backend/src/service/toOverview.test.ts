import { deliveryFor } from '../__testUtils__/deliveryFor';
import { healthyPipeline } from '../__testUtils__/objects';
import { toOverview } from './toOverview';

const without = (...names: string[]) =>
  healthyPipeline().filter((each: any) => !names.includes(each.metadata.name));

it.each([
  ['the last environment', healthyPipeline(), 'prod'],
  ['one that has no Application now', without('checkout-prod-cd'), 'prod'],
  [
    'not guessed where there is none at all',
    without('checkout-prod-cd', 'checkout-dev-cd'),
    undefined,
  ],
])('production is %s', (_, objects, production) => {
  expect(toOverview(deliveryFor(objects)).production).toBe(production);
});
